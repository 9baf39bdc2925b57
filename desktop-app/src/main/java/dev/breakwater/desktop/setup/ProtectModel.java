package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.desktop.door.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Machines and disks to choose from, and which are chosen.
///
/// @param machines by name
record ProtectModel(List<Machine> machines) {

    private static final String KEY = "protect.";
    private static final String BETWEEN = "\n";

    ProtectModel {
        machines = List.copyOf(machines);
    }

    /// A machine.
    ///
    /// @param view what the engine says of it
    /// @param disks its disks
    record Machine(MachineView view, List<Disk> disks) {

        Machine {
            disks = List.copyOf(disks);
        }

        /// Whether it is protected already, or about to be.
        boolean isProtected() {
            return view.state() != ProtectionState.UNPROTECTED;
        }

        /// Whether there is anything to choose.
        boolean canBePicked() {
            return !isProtected() && disks.stream().anyMatch(Disk::protectable);
        }

        boolean picked() {
            return !isProtected() && disks.stream().anyMatch(Disk::picked);
        }

        /// Chosen disks, the boot disk first.
        List<String> devices() {
            return disks.stream()
                    .filter(Disk::picked)
                    .map(disk -> disk.disk().device())
                    .toList();
        }

        /// Whether a boot disk is among what is left out, so that what is recovered would not start.
        boolean withoutBootDisk() {
            return picked() && disks.stream().anyMatch(disk -> disk.disk().boot() && !disk.picked());
        }

        /// The answer's key.
        String key() {
            return KEY + view.id();
        }

        /// The answer with this disk chosen or left out.
        String with(String device, boolean wanted) {
            Set<String> devices = new LinkedHashSet<>(devices());
            if (wanted) {
                devices.add(device);
            } else {
                devices.remove(device);
            }
            return String.join(BETWEEN, devices);
        }

        /// The answer with all that can be chosen.
        String all() {
            return String.join(
                    BETWEEN,
                    disks.stream()
                            .filter(Disk::protectable)
                            .map(disk -> disk.disk().device())
                            .toList());
        }

        /// The same by hand.
        String command(String policy, String options) {
            return "breakwater machines protect --machine " + CommandWords.quoted(view.name()) + " --disk "
                    + CommandWords.quoted(String.join(",", devices())) + " --policy " + CommandWords.quoted(policy)
                    + " --wait" + options;
        }

        ProtectRequest request(String policy) {
            return new ProtectRequest(devices(), policy, null);
        }
    }

    /// A disk.
    ///
    /// @param disk what the machine says of it; of one that a person has named only its device, and size 0
    /// @param picked whether it is to be protected
    record Disk(InventoryDisk disk, boolean picked) {
        boolean protectable() {
            return disk.protectable().isEmpty();
        }
    }

    static ProtectModel of(Figures figures, SetupDraft draft) {
        return new ProtectModel(figures.machines().stream()
                .map(machine -> machine(machine, draft))
                .sorted(Comparator.comparing(machine -> machine.view().name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private static Machine machine(MachineView view, SetupDraft draft) {
        Set<String> picked = Set.copyOf(List.of(draft.answer(KEY + view.id()).split(BETWEEN)));
        MachineInventory inventory = view.inventory();
        List<Disk> disks = new ArrayList<>();
        if (inventory != null) {
            for (InventoryDisk disk : inventory.disks()) {
                disks.add(new Disk(disk, disk.protectable().isEmpty() && picked.contains(disk.device())));
            }
        }
        picked.stream()
                .filter(device -> isDevice(device)
                        && disks.stream().noneMatch(disk -> disk.disk().device().equals(device)))
                .sorted()
                .forEach(device -> disks.add(new Disk(new InventoryDisk(device, 0, false, "", List.of(), ""), true)));
        if (inventory != null) {
            disks.sort(Comparator.comparing((Disk disk) -> !disk.disk().boot()));
        }
        return new Machine(view, disks);
    }

    /// Whether it can be a device that the machine does not list, such as a mapped one.
    static boolean isDevice(String text) {
        return text.matches("/[^\\s,]{1,255}");
    }

    List<Machine> picked() {
        return machines.stream().filter(Machine::picked).toList();
    }

    /// Machines whose name has that text.
    List<Machine> named(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return machines.stream()
                .filter(machine ->
                        machine.view().name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }
}
