package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a protected machine, while programs kill themselves at steps that [StepAgent] finds in them: at one that
/// a seed draws in each part of that life, at N with `-Dbreakwater.kill.per-part=N`, at one in N with
/// `-Dbreakwater.kill.one-in=N`, at each one, once, with `-Pkill-points`; in the Kth part alone with
/// `-Dbreakwater.kill.part=K`. They are started again, and the work goes on.
@DisplayName("Programs that are killed with SIGKILL at their steps")
class KillPointsTest {

    private static final Logger LOG = LoggerFactory.getLogger(KillPointsTest.class);

    private static final long DISK_BYTES = 64L << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void whatItNeeds() {
        Requirements.rootAndLoopDevices();
        Requirements.program("qemu-system-x86_64");
    }

    @Test
    @DisplayName("come back in every part of a machine's life, the next point is exact, and nothing is left over")
    void comeBack() throws Exception {
        Deaths deaths = Deaths.drawn();
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder);
                Programs programs = new Programs()) {
            deployment.javaOptions(program -> StepAgent.options(folder, program, deaths));
            try {
                new MachineLife(deployment, programs, disk).pass();
            } catch (AssertionError e) {
                throw new AssertionError("Replay: " + deaths.replay() + "\n" + story() + programs.tails(), e);
            }
        }
        LOG.info("Drawn by {}: {}", deaths, story());
        for (String phase : MachineLife.PHASES) {
            assertThat(steps()).as("steps of " + phase).anyMatch(step -> step.startsWith(phase));
            if (deaths.perPart() > 0 && deaths.in(phase)) {
                assertThat(died()).as("deaths in " + phase).anyMatch(death -> death.startsWith(phase));
            }
        }
        assertThat(died()).isNotEmpty();
    }

    private List<String> died() {
        return MachineLife.PROGRAMS.stream()
                .flatMap(program -> Steps.deaths(folder, program).stream())
                .toList();
    }

    private List<String> steps() {
        return MachineLife.PROGRAMS.stream()
                .flatMap(program -> Steps.all(folder, program).stream())
                .toList();
    }

    private List<String> story() {
        List<String> story = new ArrayList<>();
        for (String program : MachineLife.PROGRAMS) {
            List<String> deaths = Steps.deaths(folder, program);
            story.add("%s died at %d of %d steps"
                    .formatted(
                            program, deaths.size(), Steps.all(folder, program).size()));
            story.addAll(deaths);
        }
        return story;
    }
}
