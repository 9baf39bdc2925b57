package dev.breakwater.testkit;

/// The process that runs the code under test has died. Only a test may catch this.
public final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A crash at some call.
    public SimulatedCrash(String where) {
        super("The process died at " + where + ".");
    }
}
