package dev.breakwater.sitelocal;

import java.nio.file.Path;
import java.util.Optional;

/// How the local site works.
///
/// @param workFolder where overlays, logs and records of runs are kept while they last
/// @param cache where findings about this computer are kept
/// @param qemu the program that runs machines
/// @param accelerator what executes their instructions; empty to find out
/// @param maxMemoryBytes a test machine gets the memory of the protected one, but not more than this
/// @param maxProcessors a test machine gets the processors of the protected one, but not more than this
public record LocalSiteSettings(
        Path workFolder,
        Path cache,
        String qemu,
        Optional<Accelerator> accelerator,
        long maxMemoryBytes,
        int maxProcessors) {

    /// Where Debian and its relatives have it.
    public static final String QEMU = "/usr/bin/qemu-system-x86_64";

    /// Enough for a server without its working set; the computer that runs the test has other work too.
    private static final long DEFAULT_MAX_MEMORY = 1L << 30;

    /// The usual settings.
    ///
    /// @param workFolder where overlays, logs and records of runs are kept while they last
    /// @param cache where findings about this computer are kept
    public static LocalSiteSettings in(Path workFolder, Path cache) {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new LocalSiteSettings(workFolder, cache, QEMU, Optional.empty(), DEFAULT_MAX_MEMORY, processors);
    }
}
