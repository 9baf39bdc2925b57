package dev.breakwater.site;

import java.nio.file.Path;

/// The ability to show what stands on a running machine's screen.
public interface MachineScreen {

    /// Takes a picture of the screen.
    ///
    /// @param run whose screen
    /// @param target PNG file to write; its folder exists
    /// @throws SiteException if the machine is off or the picture cannot be taken
    void screenshot(RunId run, Path target) throws SiteException;
}
