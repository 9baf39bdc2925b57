package dev.breakwater.desktop.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupModelsTest {

    private static final ReplicationPolicy GOLD = new ReplicationPolicy(
            "gold", Duration.ofMinutes(15), Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofHours(4));

    private static SetupDraft draft(Map<String, String> answers) {
        SetupDraft draft = SetupDraft.beginningAt("vault");
        for (var answer : answers.entrySet()) {
            draft = draft.answered(answer.getKey(), answer.getValue(), Steps.WORDS);
        }
        return draft;
    }

    private static PolicyModel policy(String field, String value) {
        return PolicyModel.of(
                draft(Map.of("policy.mode", "new", "policy.name", "silver")).answered(field, value, Steps.WORDS));
    }

    @Test
    @DisplayName("a name that is taken is refused, unless the policy of that name is this one")
    void nameTaken() {
        assertThat(policy("policy.name", "gold").taken(List.of(GOLD))).containsExactly("gold");
        SetupDraft same = draft(Map.of("policy.mode", "new", "policy.name", "gold", "policy.app", "4h"));
        assertThat(PolicyModel.of(same).taken(List.of(GOLD))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', empty",
                "/backup/vault, -",
                "backup/vault, folder",
                "azure://account1/vault-1, -",
                "azure://account1, azure",
                "azure://Account1/vault, azure",
                "https://account1/vault, azure"
            })
    @DisplayName("a vault's location is a whole path or a container")
    void locations(String location, String problem) {
        assertThat(VaultModel.problem(location).orElse(null)).isEqualTo(problem);
    }

    @Test
    @DisplayName("the key is kept once its end was typed, however it is written")
    void keyKept() {
        String key = "ABCD-EFGH-JKMN-PQRS";

        assertThat(VaultModel.isKept(key, "jkmn pqrs")).isTrue();
        assertThat(VaultModel.isKept(key, "JKMNPQR")).isFalse();
        assertThat(VaultModel.isKept(key, "")).isFalse();
        assertThat(VaultModel.isKept("", "")).isFalse();
    }

    @Test
    @DisplayName("only disks that can be protected are picked, the boot disk first, devices named by hand last")
    void disksPicked() {
        MachineView machine = SetupSite.unprotected(1, "web-01");
        Figures figures = SetupSite.figures(List.of(machine));
        SetupDraft draft = draft(Map.of("protect." + machine.id(), "/dev/mapper/x\n/dev/sdb\n/dev/sda\n/dev/sr0"));

        ProtectModel.Machine picked = ProtectModel.of(figures, draft).picked().getFirst();

        assertThat(picked.devices()).containsExactly("/dev/sda", "/dev/sdb", "/dev/mapper/x");
        assertThat(picked.all()).isEqualTo("/dev/sda\n/dev/sdb\n/dev/mapper/x");
        assertThat(picked.withoutBootDisk()).isFalse();
        assertThat(picked.with("/dev/sda", false)).isEqualTo("/dev/sdb\n/dev/mapper/x");
    }

    @Test
    @DisplayName("review orders policy before machines, and nothing that is there already")
    void review() {
        MachineView fresh = SetupSite.unprotected(1, "web 01");
        MachineView there = SampleSite.machine(0);
        Figures figures = SetupSite.figures(List.of(fresh, there));
        SetupDraft draft = draft(Map.of(
                "policy.mode",
                "new",
                "policy.name",
                "silver",
                "protect." + fresh.id(),
                "/dev/sda",
                "protect." + there.id(),
                "/dev/sda"));

        ReviewModel model = ReviewModel.of(figures, draft, " --data /e");

        assertThat(model.items().stream().map(ReviewModel.Item::state))
                .containsExactly(ReviewModel.State.TO_DO, ReviewModel.State.THERE, ReviewModel.State.TO_DO);
        assertThat(model.commands().lines())
                .containsExactly(
                        "breakwater policies create --name silver --rpo-threshold 15m --retention 3d"
                                + " --crash-consistent 5m --app-consistent 0s --data /e",
                        "breakwater machines protect --machine 'web 01' --disk /dev/sda --policy silver --wait"
                                + " --data /e");
    }

    @Test
    @DisplayName("a policy that the engine has just so is not created again")
    void policyThere() {
        SetupDraft draft = draft(Map.of("policy.mode", "new", "policy.name", "gold", "policy.app", "4h"));

        ReviewModel model = ReviewModel.of(SetupSite.figures(List.of()), draft, "");

        assertThat(model.items().getFirst().state()).isEqualTo(ReviewModel.State.THERE);
        assertThat(model.open()).isEmpty();
    }

    @Test
    @DisplayName("servers are not usable while the engine is silent, whatever it said before")
    void serversUsable() {
        Snapshot live = SampleSite.live(3);
        Snapshot lost = new Snapshot(Connection.OFFLINE, live.figures(), Duration.ofMinutes(2), "gone");

        assertThat(ServerModel.of(live).usable()).isTrue();
        assertThat(ServerModel.of(lost).usable()).isFalse();
        assertThat(ServerModel.of(Snapshot.NOTHING).usable()).isFalse();
    }
}
