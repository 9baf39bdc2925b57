package dev.breakwater.control.diagnostics;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.breakwater.control.ControlJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A zip file for those who help with a problem. Whoever fills it names each thing that goes in; what cannot be had is
/// told instead, and does not keep the rest out. Its size is bounded; what would pass the bound is told, too.
public final class DiagnosticsBundle implements AutoCloseable {

    /// Everything together, before compression: a mail or a ticket still takes a tenth of it.
    private static final long MAX_BYTES = 64L << 20;

    /// Of one log file: its end.
    private static final int MAX_LOG_BYTES = 8 << 20;

    private static final String CONTENTS = "contents.json";

    private final ZipOutputStream zip;
    private final Map<String, String> contents = new LinkedHashMap<>();
    private final long maxBytes;
    private long bytes;

    private DiagnosticsBundle(ZipOutputStream zip, long maxBytes) {
        this.zip = zip;
        this.maxBytes = maxBytes;
    }

    /// Where an entry comes from.
    @FunctionalInterface
    public interface Source {
        /// Its content: a text, or what becomes JSON; null if there is none.
        @Nullable
        Object get() throws IOException, InterruptedException;
    }

    /// Begins a bundle that only its owner may read.
    ///
    /// @throws FileAlreadyExistsException if there is such a file: nothing is overwritten
    public static DiagnosticsBundle create(Path file) throws IOException {
        return create(file, MAX_BYTES);
    }

    static DiagnosticsBundle create(Path file, long maxBytes) throws IOException {
        var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new DiagnosticsBundle(
                new ZipOutputStream(java.nio.channels.Channels.newOutputStream(channel)), maxBytes);
    }

    /// Adds what the source gives, or tells why it gives nothing.
    public void add(String name, Source source) throws IOException, InterruptedException {
        Object content;
        try {
            content = source.get();
        } catch (IOException | RuntimeException e) {
            contents.put(name, "not available: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return;
        }
        if (content == null) {
            contents.put(name, "not available");
        } else {
            write(name, content instanceof String text ? text : json(content));
        }
    }

    /// Adds the end of a log and of its older files, newest first, of each line only what a log line of ours has.
    public void addLogs(Path newest) throws IOException, InterruptedException {
        add("logs/" + newest.getFileName(), () -> LogExcerpt.of(newest, MAX_LOG_BYTES));
        for (int number = 1; Files.exists(older(newest, number)); number++) {
            Path file = older(newest, number);
            add("logs/" + file.getFileName(), () -> LogExcerpt.of(file, MAX_LOG_BYTES));
        }
    }

    private static Path older(Path newest, int number) {
        return newest.resolveSibling(newest.getFileName() + "." + number);
    }

    /// Adds what program and computer this is.
    public void addAbout(String version, Instant now) throws IOException, InterruptedException {
        add("about.json", () -> {
            Map<String, Object> about = new TreeMap<>();
            about.put("created", now);
            about.put("version", version);
            for (String property : List.of("java.vendor", "java.version", "os.name", "os.version", "os.arch")) {
                about.put(property, String.valueOf(System.getProperty(property)));
            }
            about.put("processors", Runtime.getRuntime().availableProcessors());
            return about;
        });
    }

    /// Adds names, sizes and times of the files directly in a folder, not what they hold.
    public void addListing(String name, Path folder) throws IOException, InterruptedException {
        record Listed(String name, boolean folder, long bytes, Instant modified) {}
        add(name, () -> {
            List<Listed> files = new ArrayList<>();
            try (var paths = Files.newDirectoryStream(folder)) {
                for (Path path : paths) {
                    files.add(new Listed(
                            String.valueOf(path.getFileName()),
                            Files.isDirectory(path),
                            Files.size(path),
                            Files.getLastModifiedTime(path).toInstant()));
                }
            }
            return files;
        });
    }

    private void write(String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (bytes + content.length > maxBytes) {
            contents.put(name, "left out: the bundle would be larger than " + maxBytes + " bytes");
            return;
        }
        bytes += content.length;
        contents.put(name, content.length + " bytes");
        put(name, content);
    }

    private void put(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String json(Object value) throws IOException {
        return ControlJson.mapper()
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(value);
    }

    /// What went in, and what not and why.
    public Map<String, String> contents() {
        return Map.copyOf(contents);
    }

    /// Ends the file with its table of contents.
    @Override
    public void close() throws IOException {
        try (zip) {
            put(CONTENTS, json(contents).getBytes(StandardCharsets.UTF_8));
        }
    }
}
