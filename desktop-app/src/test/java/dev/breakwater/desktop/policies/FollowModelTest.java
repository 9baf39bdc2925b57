package dev.breakwater.desktop.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.policies.PolicyChangeModel.Effect;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowModelTest {

    private static final ReplicationPolicy GOLD = policy("gold", Duration.ofMinutes(15), Duration.ofDays(3));
    private static final ReplicationPolicy DAY = policy("day", Duration.ofMinutes(5), Duration.ofDays(1));
    private static final ReplicationPolicy LONG = policy("long", Duration.ofHours(4), Duration.ofDays(15));
    private static final List<ReplicationPolicy> ALL = List.of(GOLD, DAY, LONG);

    /// All of them follow gold; five of ten are older than five minutes.
    private static final List<MachineView> MACHINES = SampleSite.figures(10).machines();

    private static ReplicationPolicy policy(String name, Duration limit, Duration kept) {
        return new ReplicationPolicy(name, limit, kept, Duration.ofMinutes(5), Duration.ZERO);
    }

    @Test
    @DisplayName("machines that follow the policy already are left out")
    void same() {
        FollowModel same = FollowModel.of(MACHINES, ALL, GOLD);

        assertThat(same.changing()).isEmpty();
        assertThat(same.losing(Effect.DELETES)).isZero();
        assertThat(FollowModel.of(MACHINES, ALL, DAY).changing()).hasSize(10);
    }

    @Test
    @DisplayName("a shorter retention deletes points of the machines that had a longer one, and of no other")
    void loses() {
        List<MachineView> mixed = List.of(following(0, "gold"), following(1, "gold"), following(2, "day"));

        FollowModel shorter = FollowModel.of(mixed, ALL, DAY);
        assertThat(shorter.changing()).hasSize(2);
        assertThat(shorter.losing(Effect.DELETES)).isEqualTo(2);
        assertThat(shorter.losing(Effect.THINS)).isZero();

        FollowModel longer = FollowModel.of(mixed, ALL, LONG);
        assertThat(longer.changing()).hasSize(3);
        assertThat(longer.losing(Effect.DELETES)).isZero();
        assertThat(longer.losing(Effect.THINS)).as("of the day's hourly points").isEqualTo(1);
    }

    @Test
    @DisplayName("only machines that the new limit alone makes late are told, and none whose age is not known")
    void overLimit() {
        long late = MACHINES.stream()
                .filter(machine -> machine.rpoSeconds() != null)
                .filter(machine -> machine.rpoSeconds() > 300 && machine.rpoSeconds() <= 900)
                .count();
        assertThat(late).as("of the sample").isPositive();
        assertThat(FollowModel.of(MACHINES, ALL, DAY).overLimit()).isEqualTo(late);
        assertThat(FollowModel.of(MACHINES, ALL, LONG).overLimit()).isZero();
    }

    @Test
    @DisplayName("what machines have in common today is shown, what differs is not made up")
    void now() {
        FollowModel mixed = FollowModel.of(List.of(following(0, "gold"), following(1, "day")), ALL, LONG);

        assertThat(mixed.now(ReplicationPolicy::retention)).isEmpty();
        assertThat(mixed.now(ReplicationPolicy::crashConsistentEvery)).contains(Duration.ofMinutes(5));
    }

    @Test
    @DisplayName("points past the new retention are counted, save the newest")
    void older() {
        var points = SamplePoints.of(MACHINES.getFirst().id(), 160);

        assertThat(FollowModel.older(points, Duration.ofHours(24), SampleSite.NOW))
                .isEqualTo(112);
        assertThat(FollowModel.older(points, Duration.ZERO, SampleSite.NOW)).isEqualTo(159);
        assertThat(FollowModel.older(points, Duration.ofDays(15), SampleSite.NOW))
                .isZero();
        assertThat(FollowModel.older(List.of(), Duration.ZERO, SampleSite.NOW)).isZero();
    }

    private static MachineView following(int number, String policy) {
        MachineView machine = SampleSite.machine(number);
        return new MachineView(
                machine.id(),
                machine.name(),
                machine.state(),
                machine.testFailoverState(),
                machine.health(),
                machine.problems(),
                policy,
                machine.processServer(),
                machine.processServerName(),
                machine.disks(),
                machine.lastHeartbeat(),
                machine.newestPoint(),
                machine.newestPointTime(),
                machine.rpoSeconds(),
                machine.status(),
                machine.inventory(),
                machine.healthSince(),
                machine.lastTest());
    }
}
