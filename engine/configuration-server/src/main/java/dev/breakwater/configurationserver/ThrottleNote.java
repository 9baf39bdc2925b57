package dev.breakwater.configurationserver;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.ActiveThrottle;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.model.MachineId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Words for a limit that is in force and what it does to the machines' recovery points.
final class ThrottleNote {

    private ThrottleNote() {}

    static Optional<String> of(ProcessServerView server, List<MachineView> machines) {
        ProcessServerHealth told = server.figures();
        ActiveThrottle active = told == null ? null : told.throttle();
        if (told == null || active == null) {
            return Optional.empty();
        }
        Set<MachineId> waiting = told.machines().stream()
                .filter(MachineTraffic::heldBack)
                .map(MachineTraffic::machine)
                .collect(Collectors.toSet());
        List<String> heldBack = machines.stream()
                .filter(machine -> waiting.contains(machine.id()))
                .map(ThrottleNote::words)
                .toList();
        return Optional.of(String.format(
                        Locale.ROOT,
                        "%s: what machines send is limited to %.1f MB/s",
                        server.name(),
                        active.bytesPerSecond() / 1e6)
                + (active.until() == null ? "" : " until " + active.until())
                + (heldBack.isEmpty()
                        ? "; no machine waits for it."
                        : "; waiting for it: " + String.join(", ", heldBack) + "."));
    }

    private static String words(MachineView machine) {
        return machine.name()
                + (machine.rpoSeconds() == null ? " (no point yet)" : " (RPO " + machine.rpoSeconds() + " s)");
    }
}
