package dev.breakwater.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The application of the benchmark: fio, which writes 4 KiB at random places past the page cache at a bounded rate.
///
/// @param mbPerSecond what it reached
/// @param writes how many writes ended
/// @param p99Millis 99 of 100 writes took no longer
/// @param longestMillis the longest write, which a freeze held up
record Application(double mbPerSecond, long writes, double p99Millis, double longestMillis) {

    private static final double NANOS_PER_MILLI = 1e6;

    /// Lets it work for a time.
    ///
    /// @param mib how much it writes to, MiB; made before the time begins
    static Application run(Path folder, int mib, int rateMbPerSecond, Duration time) throws IOException {
        String said = Tool.run(
                time.plusMinutes(5),
                "fio",
                "--name=application",
                "--directory=" + folder,
                "--filename=data",
                "--rw=randwrite",
                "--bs=4k",
                "--direct=1",
                "--ioengine=libaio",
                "--iodepth=8",
                "--size=" + mib + "m",
                "--rate=" + rateMbPerSecond * 1_000_000L,
                "--time_based",
                "--runtime=" + time.toSeconds(),
                "--output-format=json");
        JsonNode write = new ObjectMapper()
                .readTree(said.substring(said.indexOf('{')))
                .get("jobs")
                .get(0)
                .get("write");
        JsonNode latency = write.get("clat_ns");
        return new Application(
                write.get("bw_bytes").asDouble() / 1e6,
                write.get("total_ios").asLong(),
                latency.get("percentile").get("99.000000").asDouble() / NANOS_PER_MILLI,
                latency.get("max").asDouble() / NANOS_PER_MILLI);
    }
}
