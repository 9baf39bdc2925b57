package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;

/// How well a machine's replication does, worst first. Every machine has exactly one.
public enum MachineHealth {
    /// Needs attention now.
    CRITICAL,
    /// Needs attention soon.
    WARNING,
    /// Protected, but the mobility service has told nothing yet.
    UNKNOWN,
    /// As it should be.
    HEALTHY,
    /// Registered only; nothing is replicated.
    UNPROTECTED;

    /// A machine's.
    public static MachineHealth of(MachineView machine) {
        if (machine.state() == ProtectionState.UNPROTECTED) {
            return UNPROTECTED;
        }
        return switch (machine.health()) {
            case CRITICAL -> CRITICAL;
            case WARNING -> WARNING;
            case NORMAL -> machine.status() == null ? UNKNOWN : HEALTHY;
        };
    }
}
