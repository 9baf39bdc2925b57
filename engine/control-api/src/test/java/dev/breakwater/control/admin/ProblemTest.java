package dev.breakwater.control.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlJson;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A problem")
class ProblemTest {

    private static final Problem OLD = ProblemCause.RPO_EXCEEDED.problem("It is 70 min old, past 15 min.", 70, 15);

    @Test
    @DisplayName("tells its cause as a stable word and its figures by name, and survives the journey")
    void journey() throws JsonProcessingException {
        assertThat(OLD.cause()).isEqualTo("rpo-exceeded");
        assertThat(OLD.values()).isEqualTo(Map.of("minutes", "70", "thresholdMinutes", "15"));
        String json = ControlJson.mapper().writeValueAsString(OLD);
        assertThat(ControlJson.mapper().readValue(json, Problem.class)).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has a cause that is found again by its word")
    void words(ProblemCause cause) {
        assertThat(StableWord.of(ProblemCause.class, cause.word())).contains(cause);
        assertThat(cause.word()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    @DisplayName("of a list of several says whom it concerns, and stays the same cause")
    void named() {
        Problem named = OLD.of("web-1");
        assertThat(named.text()).isEqualTo("web-1: It is 70 min old, past 15 min.");
        assertThat(named.values()).containsAllEntriesOf(OLD.values()).containsEntry(Problem.NAME, "web-1");
        assertThat(named.cause()).isEqualTo(OLD.cause());
    }

    @Test
    @DisplayName("is cut where a machine says more than a list can hold")
    void lengthy() {
        String said = "x".repeat(100_000);
        Problem problem = ProblemCause.REPLICATION_BLOCKED.problem(said, said).of(said);
        assertThat(problem.text()).hasSize(Problem.MAX_TEXT).endsWith("…");
        assertThat(problem.values()).containsKeys("remark", Problem.NAME);
        assertThat(problem.values().values())
                .allSatisfy(value -> assertThat(value).hasSize(StableWord.MAX_VALUE));
    }

    @Test
    @DisplayName("needs a value for each name of its cause")
    void values() {
        assertThatThrownBy(() -> ProblemCause.RPO_EXCEEDED.problem("It is old.", 70))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thresholdMinutes");
    }

    @Test
    @DisplayName("that a stranger makes up is refused where it lacks a field or is too long")
    void hostile() {
        for (String json : new String[] {
            "{\"values\":{},\"text\":\"t\"}",
            "{\"cause\":\"c\",\"values\":{}}",
            "{\"cause\":\"c\",\"values\":{\"a\":null},\"text\":\"t\"}",
            "{\"cause\":\"c\",\"values\":{\"a\":\"" + "x".repeat(StableWord.MAX_VALUE + 1) + "\"},\"text\":\"t\"}",
            "{\"cause\":\"" + "c".repeat(101) + "\",\"values\":{},\"text\":\"t\"}",
            "{\"cause\":\"c\",\"values\":{},\"text\":\"" + "x".repeat(Problem.MAX_TEXT + 1) + "\"}"
        }) {
            assertThatThrownBy(() -> ControlJson.mapper().readValue(json, Problem.class))
                    .as(json.substring(0, Math.min(60, json.length())))
                    .isInstanceOf(JsonProcessingException.class);
        }
    }
}
