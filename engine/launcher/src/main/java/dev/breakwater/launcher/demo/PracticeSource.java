package dev.breakwater.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The running practice machine as far as the demonstration needs one: a disk that is written to while it is protected.
interface PracticeSource extends AutoCloseable {

    /// The disk that the mobility service protects.
    String disk();

    /// How the disk lies and how its writes are tracked, for people.
    String description();

    /// Capacity of the disk in bytes.
    long sizeBytes();

    /// Begins the workload: writing and deleting files until the source is closed, if the source allows that.
    void startWorkload() throws IOException;

    /// How many bytes the workload wrote so far.
    long workloadBytes();

    /// Changes what the machine serves over HTTP, if it can.
    void serve(String text) throws IOException;

    /// Whether [#serve] can change what the machine serves.
    boolean servesChanges();

    /// Lets the workload write for a while. One that writes all the time goes on meanwhile.
    void load(Duration time) throws IOException, InterruptedException;

    /// A shell command that copies the disk to the file; to be run while the machine's file systems are frozen.
    String copyCommand(Path target);

    /// Stops the workload and gives the devices back.
    @Override
    void close() throws IOException;
}
