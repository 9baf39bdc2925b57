package dev.breakwater.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replication policy")
class ReplicationPolicyTest {

    private static ReplicationPolicy policy(Duration retention, Duration crash, Duration application) {
        return new ReplicationPolicy("p", Duration.ofMinutes(30), retention, crash, application);
    }

    @Test
    @DisplayName("keeps points for at most 15 days")
    void boundsRetention() {
        assertThat(policy(Duration.ofDays(15), Duration.ofMinutes(5), Duration.ZERO)
                        .retention())
                .isEqualTo(Duration.ofDays(15));
        assertThatThrownBy(() -> policy(Duration.ofDays(16), Duration.ofMinutes(5), Duration.ZERO))
                .hasMessageContaining("retention");
    }

    @Test
    @DisplayName("refuses application-consistent points that are rarer than the retention")
    void applicationFrequencyBelowRetention() {
        assertThatThrownBy(() -> policy(Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofHours(2)))
                .hasMessageContaining("pruned before");
    }

    @Test
    @DisplayName("refuses a name that could not be a file's")
    void refusesOddNames() {
        assertThatThrownBy(() -> new ReplicationPolicy(
                        "../x", Duration.ofMinutes(30), Duration.ofDays(1), Duration.ofMinutes(5), Duration.ZERO))
                .hasMessageContaining("name");
    }
}
