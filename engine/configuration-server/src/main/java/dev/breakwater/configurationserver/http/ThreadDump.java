package dev.breakwater.configurationserver.http;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.breakwater.control.ControlJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What each thread does now, virtual ones included: stack frames, no values.
final class ThreadDump {

    private ThreadDump() {}

    /// The JVM writes it to a file only, hence the way over one that nobody else may read.
    static String take() throws IOException {
        Path folder = Files.createTempDirectory("breakwater-threads");
        Path file = folder.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (InputStream stream = Files.newInputStream(file)) {
                // What no client of ours would read need not be sent.
                return new String(stream.readNBytes(ControlJson.MAX_BODY_BYTES), StandardCharsets.UTF_8);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
