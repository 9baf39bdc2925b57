package dev.breakwater.sitelocal;

/// What executes the instructions of a machine that QEMU runs.
public enum Accelerator {
    /// The processor itself, by the kernel's virtualisation.
    KVM("kvm", "kvm", "host"),
    /// QEMU's translator: works everywhere, several times slower.
    TCG("tcg", "tcg,thread=multi", "max,la57=off");

    private final String label;
    private final String argument;
    private final String processor;

    Accelerator(String label, String argument, String processor) {
        this.label = label;
        this.argument = argument;
        this.processor = processor;
    }

    /// What people call it.
    public String label() {
        return label;
    }

    /// QEMU's argument for it.
    String argument() {
        return argument;
    }

    /// The richest processor that it can show to a machine; systems of today need more than QEMU's default.
    String processor() {
        return processor;
    }
}
