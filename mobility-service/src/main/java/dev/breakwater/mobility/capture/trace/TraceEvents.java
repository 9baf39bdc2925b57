package dev.breakwater.mobility.capture.trace;

/// Gets what a page of the trace buffer says, in its order.
interface TraceEvents {

    /// Blocks of a device changed, or are about to.
    ///
    /// @param dev the kernel's device number, major in the bits from 20
    /// @param sector first sector of 512 bytes
    /// @param sectors how many
    /// @param discard whether they were discarded
    /// @param done whether the request has ended
    void changed(int dev, long sector, int sectors, boolean discard, boolean done);

    /// A marker that was written to the instance.
    void marker(String text);

    /// Events are missing, or the page cannot be understood.
    void lost(String why);
}
