package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;

/// The one thing that a machine waits for.
public enum NextAction {
    /// A test machine runs and has to be removed.
    CLEAN_UP_TEST,
    /// A test machine is being made or removed; nothing to do but wait.
    WAIT_FOR_TEST,
    /// It is not protected.
    PROTECT,
    /// Its first copy runs.
    WAIT_FOR_COPY,
    /// Something is wrong; its page says what.
    LOOK,
    /// Nothing.
    NONE;

    /// A machine's.
    public static NextAction of(MachineView machine) {
        TestFailoverState test = machine.testFailoverState();
        if (test == TestFailoverState.COMPLETED || test == TestFailoverState.FAILED) {
            return CLEAN_UP_TEST;
        }
        if (machine.state() == ProtectionState.UNPROTECTED) {
            return PROTECT;
        }
        if (!machine.problems().isEmpty()) {
            return LOOK;
        }
        if (test != TestFailoverState.NONE) {
            return WAIT_FOR_TEST;
        }
        return machine.state() == ProtectionState.PROTECTED ? NONE : WAIT_FOR_COPY;
    }
}
