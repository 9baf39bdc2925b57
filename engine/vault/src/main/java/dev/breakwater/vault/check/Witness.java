package dev.breakwater.vault.check;

import dev.breakwater.model.MachineId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What somebody outside the vault knows to have been durable in it. Only that can tell that a whole vault was rolled
/// back: a copy of yesterday is sound in itself.
///
/// @param slots newest slot of each machine that was durable
/// @param sources who knows it, in words
public record Witness(Map<MachineId, Long> slots, Set<String> sources) {

    /// Nobody knows anything.
    public static final Witness NONE = new Witness(Map.of(), Set.of());

    public Witness {
        slots = Map.copyOf(slots);
        sources = Set.copyOf(sources);
    }

    /// What two know together: of each machine the newer slot.
    public Witness and(Witness other) {
        Map<MachineId, Long> all = new HashMap<>(slots);
        other.slots.forEach((machine, slot) -> all.merge(machine, slot, Math::max));
        Set<String> both = new HashSet<>(sources);
        both.addAll(other.sources);
        return new Witness(all, both);
    }

    /// The newest slot of a machine that is known, 0 if nothing is.
    long slot(MachineId machine) {
        return slots.getOrDefault(machine, 0L);
    }
}
