package dev.breakwater.simulation.files;

/// Says what happens at the next touch of a disk, and hears of it: a program may be killed there.
public interface DiskWeather {

    /// What a touch of the disk comes to.
    enum Outcome {
        /// What was asked for.
        FINE,
        /// A part of what was to be written; legal, and the caller has to go on.
        SHORT,
        /// A part was written before the disk was full.
        FULL,
        /// A part was written before the disk failed; or nothing could be read.
        ERROR
    }

    /// A file is about to be read or written.
    ///
    /// @param what for people
    Outcome next(String what);

    /// A number from 0 to below the bound.
    int choice(int bound);

    /// The next step can be seen by whoever comes after a crash. Does not return if the program is killed here.
    void step(String what);
}
