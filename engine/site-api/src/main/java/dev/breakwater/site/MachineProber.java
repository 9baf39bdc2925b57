package dev.breakwater.site;

import java.time.Duration;

/// The ability to ask a running machine for a sign of life.
public interface MachineProber {

    /// Asks again and again until the probe passes, the machine is gone or the patience is at its end. A probe that
    /// does not pass is a result, not an error.
    ///
    /// @throws SiteException if the site knows no such run
    ProbeResult probe(RunId run, Probe probe, Duration patience) throws SiteException, InterruptedException;
}
