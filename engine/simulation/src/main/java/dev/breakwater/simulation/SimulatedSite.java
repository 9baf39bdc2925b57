package dev.breakwater.simulation;

import dev.breakwater.configurationserver.port.Recovery;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.model.MachineId;
import dev.breakwater.vault.pin.Pin;
import dev.breakwater.vault.pin.Pins;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A place where test machines run: a machine is an entry here, its point is pinned in the vault. Test machines outlive
/// the program that started them.
final class SimulatedSite {

    private final Map<UUID, MachineId> machines = new TreeMap<>();

    /// Test machines that run.
    int count() {
        return machines.size();
    }

    /// The site as a configuration server sees it.
    Recovery seenBy(World world, Node node, Pins pins) {
        return new Recovery() {
            @Override
            public TestFailoverResult testFailover(TestOrder order, StepListener steps)
                    throws IOException, InterruptedException {
                steps.began("pin", "Pinning the point");
                if (pins.live(order.machine()).isEmpty()) {
                    Pin _ = pins.pin(order.machine(), order.point().slot(), Duration.ofHours(1));
                }
                steps.began("start-machine", "Starting the machine");
                world.step(node, "starts a test machine");
                machines.put(order.job(), order.machine());
                world.step(node, "has started a test machine");
                node.sleep(Duration.ofSeconds(5));
                return new TestFailoverResult(order.point().id(), true, 5.0, 6.0, null, null, null, null);
            }

            @Override
            public Optional<byte[]> screenshot(UUID testJob) {
                return Optional.empty();
            }

            @Override
            public void cleanUp(UUID testJob, MachineId machine, StepListener steps) throws IOException {
                steps.began("remove-machine", "Removing the machine");
                world.step(node, "removes a test machine");
                machines.remove(testJob);
                world.step(node, "has removed a test machine");
                for (Pin pin : pins.live(machine)) {
                    pins.release(pin);
                }
            }
        };
    }
}
