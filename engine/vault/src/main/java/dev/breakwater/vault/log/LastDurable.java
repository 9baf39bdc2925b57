package dev.breakwater.vault.log;

import dev.breakwater.model.PointId;
import java.util.Optional;
import java.util.UUID;

/// The newest slot of a machine's log: what the mobility service may forget, even if it never heard of it.
///
/// @param slot place in the log, 1 for the first
/// @param incarnation the change tracking's life in which the generation was numbered
/// @param generation number of the last generation in the vault
/// @param point the recovery point that the slot is; empty if the generation was closed without one
public record LastDurable(long slot, UUID incarnation, long generation, Optional<PointId> point) {}
