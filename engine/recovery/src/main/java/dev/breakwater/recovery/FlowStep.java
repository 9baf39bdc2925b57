package dev.breakwater.recovery;

/// The steps of a test failover and of its clean-up. Their words stand in journals, and so never change.
public enum FlowStep {
    /// A point is kept from retention.
    PIN_POINT("pin-point", "Pin the recovery point"),
    /// Its disks can be read.
    OPEN_DISKS("open-disks", "Open the disks at the recovery point"),
    /// The machine is ordered from the site.
    START_MACHINE("start-machine", "Start the test machine"),
    /// The machine is asked whether it lives.
    PROBE_MACHINE("probe-machine", "Wait for signs of life"),
    /// What its screen shows is kept.
    TAKE_SCREENSHOT("take-screenshot", "Take a picture of the screen"),
    /// The site forgets the machine.
    REMOVE_MACHINE("remove-machine", "Remove the test machine"),
    /// Retention may drop the point again.
    RELEASE_POINT("release-point", "Release the recovery point");

    private final String word;
    private final String text;

    FlowStep(String word, String text) {
        this.word = word;
        this.text = text;
    }

    /// Stable word: `start-machine`.
    public String word() {
        return word;
    }

    /// For people, in English.
    public String text() {
        return text;
    }
}
