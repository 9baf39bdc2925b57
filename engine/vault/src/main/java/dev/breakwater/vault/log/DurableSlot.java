package dev.breakwater.vault.log;

import dev.breakwater.model.PointId;
import java.util.Optional;
import java.util.UUID;

/// A generation that the vault holds.
///
/// @param slot place in the machine's log
/// @param incarnation the change tracking's life in which the generation was numbered
/// @param generation its number
/// @param point the recovery point that the slot is; empty if the generation was closed without one
/// @param changedBytes bytes of disk that the generation covers, zeros included, each once
/// @param storedBytes bytes that it takes in the vault
public record DurableSlot(
        long slot, UUID incarnation, long generation, Optional<PointId> point, long changedBytes, long storedBytes) {}
