package dev.breakwater.site;

/// A place where recovered machines run: all abilities together.
public interface Site extends MachineRunner, MachineProber, MachineScreen, AutoCloseable {

    /// What people call the site, for example `local`.
    String name();

    /// Switches off and cleans up every run that this site object started.
    @Override
    void close();
}
