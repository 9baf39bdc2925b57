package dev.breakwater.vault.maintenance;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.pin.Pin;
import dev.breakwater.vault.pin.Pins;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/// Says which points are in use and must not be pruned.
@FunctionalInterface
public interface PinnedPoints {

    /// Nothing is in use.
    PinnedPoints NONE = Set::of;

    /// What a vault's pins say of one machine.
    static PinnedPoints of(Pins pins, MachineId machine) {
        return () -> pins.live(machine).stream().map(Pin::slot).collect(Collectors.toSet());
    }

    /// The slots of all points that are pinned now.
    ///
    /// @throws IOException if it cannot be told; nothing is pruned then
    Set<Long> slots() throws IOException;
}
