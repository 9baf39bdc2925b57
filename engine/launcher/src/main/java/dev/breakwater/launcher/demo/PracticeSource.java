package dev.breakwater.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;

/// The running practice machine as far as the demonstration needs one: a disk that is written to while it is protected.
interface PracticeSource extends AutoCloseable {

    /// The disk that the mobility service protects.
    String disk();

    /// How the disk lies and how its writes are tracked, for people.
    String description();

    /// Capacity of the disk in bytes.
    long sizeBytes();

    /// Starts to write and to delete files, until the source is closed.
    void startWorkload() throws IOException;

    /// How many bytes the workload wrote so far.
    long workloadBytes();

    /// Changes what the machine serves over HTTP, if it can.
    void serve(String text) throws IOException;

    /// Whether [#serve] can change what the machine serves.
    boolean servesChanges();

    /// Runs the body at a moment at which a copy of the disk may be compared with a recovery point.
    ///
    /// @param body orders the point
    void atPoint(Body body) throws IOException, InterruptedException;

    /// A shell command that copies the disk to the file; to be run while the machine's file systems are frozen.
    String copyCommand(Path target);

    /// Stops the workload and gives the devices back.
    @Override
    void close() throws IOException;

    /// What is done at a point.
    interface Body {
        /// Does it.
        void run() throws IOException, InterruptedException;
    }
}
