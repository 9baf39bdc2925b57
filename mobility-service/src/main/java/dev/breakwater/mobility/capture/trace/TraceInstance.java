package dev.breakwater.mobility.capture.trace;

import dev.breakwater.mobility.consistency.ShellCommand;
import dev.breakwater.platform.linux.NativeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A private instance of the kernel's tracer: its own buffers, filters and marker. It lives in the kernel until it is
/// removed, so it goes on recording while no process reads it.
public final class TraceInstance {

    private static final List<Path> ROOTS =
            List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

    static final String REQUEST_DONE = "block_rq_complete";
    static final String BIO_DONE = "block_bio_complete";
    static final String BIO_BEGUN = "block_bio_queue";

    /// Counters that tell of lost events, of each processor.
    private static final List<String> LOSS_COUNTERS = List.of("overrun:", "commit overrun:", "dropped events:");

    /// The kernel takes no longer filter than a page.
    private static final int MAX_TEXT_BYTES = 4096;

    /// Mounting takes milliseconds.
    private static final Duration MOUNT_PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TraceInstance.class);

    private final Path folder;

    private TraceInstance(Path folder) {
        this.folder = folder;
    }

    /// Names an instance, whether it exists or not.
    ///
    /// @throws IOException if this machine has no tracer that we may use
    public static TraceInstance named(String name) throws IOException {
        mountIfMissing();
        for (Path root : ROOTS) {
            if (Files.isDirectory(root.resolve("instances"))
                    && Files.isReadable(root.resolve("events/block/" + REQUEST_DONE + "/format"))) {
                return new TraceInstance(root.resolve("instances").resolve(name));
            }
        }
        throw new IOException("the kernel's tracer (tracefs with block events) is not there or not ours to use");
    }

    /// Mounts the tracer as a system does that starts; without effect where it is mounted, or where we may not.
    private static void mountIfMissing() throws IOException {
        Path usual = ROOTS.getFirst();
        if (!Files.isDirectory(usual)
                || ROOTS.stream().anyMatch(root -> Files.isDirectory(root.resolve("instances")))) {
            return;
        }
        try {
            ShellCommand.run("mount -t tracefs tracefs " + usual, MOUNT_PATIENCE);
        } catch (IOException e) {
            LOG.info("The kernel's tracer is not mounted, and mounting it failed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the kernel's tracer was mounted");
        }
    }

    /// Removes an instance, on a machine with a tracer or without; harmless if it does not exist. Who may not look
    /// among the instances, a user without root, has made none.
    ///
    /// @throws IOException if it stays
    public static void removeIfThere(String name) throws IOException {
        for (Path root : ROOTS) {
            Path instances = root.resolve("instances");
            if (Files.isDirectory(instances)) {
                Files.deleteIfExists(instances.resolve(name));
            }
        }
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /// Makes it anew and starts recording.
    ///
    /// @param bufferKib buffer per processor
    void create(List<TracedDisk> disks, int bufferKib) throws IOException {
        remove();
        Files.createDirectory(folder);
        try {
            write("buffer_size_kb", Integer.toString(bufferKib));
            write("trace_clock", "mono");
            // Full means that new events are dropped and counted: what is there stays readable for a successor.
            write("options/overwrite", "0");
            write("options/pause-on-trace", "0");
            for (Map.Entry<String, String> event : filters(disks).entrySet()) {
                write("events/block/" + event.getKey() + "/filter", event.getValue());
                write("events/block/" + event.getKey() + "/enable", "1");
            }
            write("tracing_on", "1");
        } catch (IOException e) {
            remove();
            throw e;
        }
    }

    /// The events to record and which of them.
    static Map<String, String> filters(List<TracedDisk> disks) {
        List<String> requests = new ArrayList<>();
        List<String> bios = new ArrayList<>();
        List<String> begun = new ArrayList<>();
        for (TracedDisk disk : disks) {
            String dev = "dev == " + Integer.toUnsignedString(disk.number());
            if (disk.requestBased()) {
                requests.add(dev);
            } else {
                bios.add(dev);
                begun.add(dev);
            }
            if (disk.requestBased() && disk.multiRangeDiscards()) {
                begun.add("(" + dev + " && rwbs ~ \"*D*\")");
            }
        }
        Map<String, String> filters = new LinkedHashMap<>();
        add(filters, REQUEST_DONE, requests);
        add(filters, BIO_DONE, bios);
        add(filters, BIO_BEGUN, begun);
        return filters;
    }

    private static void add(Map<String, String> filters, String event, List<String> devices) {
        if (!devices.isEmpty()) {
            // Not "only W": a request to write zeroes has other letters, and flushes without data have no sectors.
            filters.put(event, "(" + String.join(" || ", devices) + ") && nr_sector > 0 && !(rwbs ~ \"R*\")");
        }
    }

    /// Why it does not record these disks without a gap; empty if it does.
    String flaw(List<TracedDisk> disks) throws IOException {
        if (!exists()) {
            return "the trace instance is gone";
        }
        if (!read("tracing_on").equals("1")) {
            return "the trace instance was switched off";
        }
        for (Map.Entry<String, String> event : filters(disks).entrySet()) {
            String at = "events/block/" + event.getKey();
            String enabled = read(at + "/enable");
            String filter = read(at + "/filter");
            if (!enabled.startsWith("1") || !filter.equals(event.getValue())) {
                return "the trace instance records other events than ours: " + event.getKey() + " is " + enabled
                        + " with " + filter;
            }
        }
        return losses() == 0 ? "" : "the trace buffer overflowed while nobody read it";
    }

    /// How many events were lost, of all processors.
    long losses() throws IOException {
        long losses = 0;
        for (Path cpu : processors()) {
            for (String line : Files.readAllLines(cpu.resolve("stats"))) {
                for (String counter : LOSS_COUNTERS) {
                    if (line.startsWith(counter)) {
                        losses +=
                                Long.parseLong(line.substring(counter.length()).strip());
                    }
                }
            }
        }
        return losses;
    }

    /// The folders of the processors' buffers, those of processors that are off included.
    List<Path> processors() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("per_cpu"))) {
            return all.sorted().toList();
        }
    }

    /// Bytes of a page of the buffer.
    int pageBytes() throws IOException {
        Path size = folder.resolve("buffer_subbuf_size_kb");
        return Files.exists(size) ? Integer.parseInt(Files.readString(size).strip()) * 1024 : 4096;
    }

    /// The formats of the events that may occur.
    List<EventFormat> formats() throws IOException {
        List<EventFormat> formats = new ArrayList<>();
        for (String event : List.of(REQUEST_DONE, BIO_DONE, BIO_BEGUN)) {
            Path format = folder.resolve("events/block/" + event + "/format");
            formats.add(EventFormat.parse(Files.readString(format), !event.equals(BIO_BEGUN)));
        }
        return formats;
    }

    NativeFile openMarker() throws IOException {
        return NativeFile.openForWriting(folder.resolve("trace_marker").toString());
    }

    /// In one call: the kernel hands out a filter from its start only.
    private String read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            byte[] text = new byte[MAX_TEXT_BYTES];
            return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.UTF_8).strip();
        }
    }

    private void write(String name, String value) throws IOException {
        try {
            Files.writeString(folder.resolve(name), value);
        } catch (IOException e) {
            throw new IOException("the kernel's tracer refuses " + name + " = " + value + ": " + e.getMessage(), e);
        }
    }

    /// Stops recording and removes it; harmless if it does not exist.
    ///
    /// @throws IOException if it stays
    public void remove() throws IOException {
        if (exists()) {
            Files.delete(folder);
        }
    }
}
