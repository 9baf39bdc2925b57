package dev.breakwater.desktop.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.policies.PoliciesModel.Thinning;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesModelTest {

    @ParameterizedTest
    @CsvSource({"0, NEWEST", "2, EVERY", "3, HOURLY", "24, HOURLY", "25, TWO_HOURS", "168, TWO_HOURS", "169, FOUR_HOURS"
    })
    @DisplayName("a policy is explained by the rows of the retention grid that its points reach")
    void thinning(int hours, Thinning wanted) {
        ReplicationPolicy policy = new ReplicationPolicy(
                "p", Duration.ofMinutes(15), Duration.ofHours(hours), Duration.ofMinutes(5), Duration.ZERO);
        assertThat(PoliciesModel.thinning(policy)).isEqualTo(wanted);
    }

    @Test
    @DisplayName("a policy counts the machines that follow it, not those without protection")
    void machines() {
        PoliciesModel model = PoliciesModel.of(SampleSite.figures(41));

        assertThat(model.names()).startsWith("default", "gold");
        assertThat(model.rows()).extracting(PoliciesModel.Row::machines).startsWith(0L, 40L);
    }

    @Test
    @DisplayName("neither the default nor a policy that machines follow can be deleted")
    void undeletable() {
        var rows = PoliciesModel.of(SampleSite.figures(41)).rows();

        assertThat(PoliciesModel.undeletable(rows.get(0))).contains(PoliciesModel.Undeletable.DEFAULT);
        assertThat(PoliciesModel.undeletable(rows.get(1))).contains(PoliciesModel.Undeletable.FOLLOWED);
        assertThat(PoliciesModel.undeletable(rows.get(2))).isEmpty();
    }
}
