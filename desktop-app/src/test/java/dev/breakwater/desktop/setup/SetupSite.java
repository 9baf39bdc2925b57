package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import java.util.List;
import java.util.UUID;

/// Machines that registered and wait for protection.
public final class SetupSite {

    private SetupSite() {}

    /// A machine with two disks that can be protected and one that cannot.
    public static MachineView unprotected(int number, String name) {
        return new MachineView(
                new MachineId(new UUID(7, number)),
                name,
                ProtectionState.UNPROTECTED,
                TestFailoverState.NONE,
                Health.NORMAL,
                List.of(),
                null,
                null,
                null,
                List.of(),
                SampleSite.NOW,
                null,
                null,
                null,
                null,
                new MachineInventory(
                        name,
                        "Debian GNU/Linux 12",
                        "0.1.0",
                        Hardware.Firmware.BIOS,
                        2,
                        4L << 30,
                        List.of(),
                        List.of(
                                new InventoryDisk(
                                        "/dev/sdb", 500_000_000_000L, false, "VMware disk", List.of("/srv"), ""),
                                new InventoryDisk(
                                        "/dev/sda", 40_000_000_000L, true, "VMware disk", List.of("/", "/boot"), ""),
                                new InventoryDisk(
                                        "/dev/sr0",
                                        700_000_000L,
                                        false,
                                        "DVD",
                                        List.of(),
                                        "It cannot be written to."))),
                null,
                null);
    }

    /// The sample site's figures with these machines.
    public static Figures figures(List<MachineView> machines) {
        Figures sample = SampleSite.figures(3);
        return new Figures(
                sample.takenAt(),
                sample.status(),
                machines,
                sample.processServers(),
                sample.policies(),
                sample.jobs(),
                sample.throughput());
    }
}
