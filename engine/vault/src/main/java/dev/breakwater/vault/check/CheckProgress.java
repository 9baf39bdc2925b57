package dev.breakwater.vault.check;

import dev.breakwater.model.MachineId;

/// How far a check is.
///
/// @param machine the machine that is being looked at
/// @param machineNumber which one it is, from 1
/// @param machines how many there are
/// @param pages pages of the machine's maps that were read
/// @param bytes stored bytes of the machine's data that were opened
/// @param totalBytes stored bytes of all its objects: about what a check of the data will open at most
public record CheckProgress(
        MachineId machine, int machineNumber, int machines, long pages, long bytes, long totalBytes) {}
