package dev.breakwater.desktop.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.policies.PolicyChangeModel.Effect;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFieldsTest {

    private static final ReplicationPolicy GOLD = new ReplicationPolicy(
            "gold", Duration.ofMinutes(15), Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofHours(4));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "rpo, 15m, -",
                "rpo, 59s, rpo",
                "rpo, 16d, rpo",
                "rpo, soon, span",
                "retention, 0s, -",
                "retention, 15d, -",
                "retention, 361h, retention",
                "crash, 4s, crash",
                "crash, 12h, -",
                "app, 0s, -",
                "app, 4h, -",
                "app, 13h, app",
                "app, 99999999d, span",
                "name, -x, name"
            })
    @DisplayName("a policy's field says what is wrong with it exactly where the engine would refuse it")
    void policyFields(String field, String value, String problem) {
        PolicyFields fields =
                PolicyFields.USUAL.with(PolicyFields.NAME, "silver").with(field, value);

        assertThat(fields.problem(field, List.of()).orElse(null)).isEqualTo(problem);
        assertThat(fields.policy().isPresent()).isEqualTo(problem == null);
    }

    @Test
    @DisplayName("application-consistent points must come more often than points are pruned")
    void appWithinRetention() {
        PolicyFields fields = PolicyFields.USUAL.with("retention", "2h").with("app", "2h");

        assertThat(fields.problem("app", List.of())).contains("app-retention");
    }

    @Test
    @DisplayName("a name that another policy has is refused")
    void nameTaken() {
        PolicyFields fields = PolicyFields.USUAL.with(PolicyFields.NAME, "gold");

        assertThat(fields.problem(PolicyFields.NAME, List.of("gold"))).contains("name-taken");
        assertThat(fields.problem(PolicyFields.NAME, List.of("silver"))).isEmpty();
    }

    @Test
    @DisplayName("a policy that is there comes back from its fields unchanged")
    void journey() {
        for (ReplicationPolicy policy : List.of(GOLD, ReplicationPolicy.DEFAULT)) {
            assertThat(PolicyFields.of(policy).policy()).contains(policy);
        }
    }

    @ParameterizedTest
    @CsvSource({"retention, 2d, 3, DELETES", "retention, 2d, 0, NONE", "retention, 15d, 3, NONE", "crash, 1m, 3, NONE"})
    @DisplayName("a shorter retention deletes points, if any machine follows the policy; nothing else does")
    void deletes(String field, String value, long machines, Effect effect) {
        ReplicationPolicy after =
                PolicyFields.of(GOLD).with(field, value).policy().orElseThrow();

        assertThat(new PolicyChangeModel(GOLD, after, machines).effect()).isEqualTo(effect);
    }

    @Test
    @DisplayName("from a day of retention to more, the points of the day are thinned out")
    void thins() {
        ReplicationPolicy day =
                PolicyFields.of(GOLD).with("retention", "24h").policy().orElseThrow();

        assertThat(new PolicyChangeModel(day, GOLD, 3).effect()).isEqualTo(Effect.THINS);
        assertThat(new PolicyChangeModel(day, GOLD, 3).changes()).isTrue();
        assertThat(new PolicyChangeModel(day, day, 3).changes()).isFalse();
    }

    @Test
    @DisplayName("spans are written as they are read")
    void spans() {
        for (String text : List.of("0s", "30s", "5m", "90s", "24h", "3d", "25h")) {
            assertThat(Span.parse(text).map(Span::format)).contains(text);
        }
        assertThat(Span.parse("15 m")).contains(Duration.ofMinutes(15));
        assertThat(Span.parse("-5m")).isEmpty();
    }
}
