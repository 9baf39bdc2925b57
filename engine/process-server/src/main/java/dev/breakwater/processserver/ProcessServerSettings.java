package dev.breakwater.processserver;

import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.processserver.upload.UploadLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a process server runs.
///
/// @param version of the program, for the health report
/// @param identity its certificate, which may be renewed while it runs
/// @param address where it listens; port 0 takes a free one
/// @param hosts names or addresses at which machines reach it, best first
/// @param cacheFolder for sealed segments that wait; emptied at the start
/// @param uploads bounds of the upload
/// @param windowBytes what all machines together may have sent and not yet handed over
/// @param segmentBytes what all machines' writers together may be filling
/// @param rhythm how often things are done
public record ProcessServerSettings(
        String version,
        LiveIdentity identity,
        InetSocketAddress address,
        List<String> hosts,
        Path cacheFolder,
        UploadLimits uploads,
        long windowBytes,
        long segmentBytes,
        Rhythm rhythm) {

    /// 128 MiB: eight machines at full window, a hundred at one MiB each.
    public static final long USUAL_WINDOW_BYTES = 128L << 20;

    /// 256 MiB: sixteen machines with segments of 16 MiB, a hundred and more with 2 MiB.
    public static final long USUAL_SEGMENT_BYTES = 256L << 20;

    /// How often things are done.
    ///
    /// @param health between two health reports
    /// @param maintenance between two looks at a machine that has new points
    /// @param idleMaintenance between two looks at a machine that has none: retention goes on while nothing changes
    /// @param retry the longest pause before the configuration server is tried again
    /// @param stop how long a stop waits for work on its way
    public record Rhythm(
            Duration health, Duration maintenance, Duration idleMaintenance, Duration retry, Duration stop) {

        /// Silence of a process server shows within a minute; maintenance costs a call to the vault, hence not more
        /// often.
        public static final Rhythm USUAL = new Rhythm(
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));
    }

    public ProcessServerSettings {
        hosts = List.copyOf(hosts);
    }

    /// The usual bounds and rhythm.
    public static ProcessServerSettings usual(
            String version, LiveIdentity identity, InetSocketAddress address, List<String> hosts, Path cacheFolder) {
        return new ProcessServerSettings(
                version,
                identity,
                address,
                hosts,
                cacheFolder,
                UploadLimits.USUAL,
                USUAL_WINDOW_BYTES,
                USUAL_SEGMENT_BYTES,
                Rhythm.USUAL);
    }
}
