package dev.breakwater.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in a folder: a file per flow, a line of JSON per entry, forced to the disk. A last line that a crash cut
/// short was never acknowledged and is left out. Safe for several threads of one process.
public final class FileFlowJournal implements FlowJournal {

    private static final Logger LOG = LoggerFactory.getLogger(FileFlowJournal.class);

    private static final String SUFFIX = ".flow";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /// A journal in the folder, which is created if it is missing.
    ///
    /// @throws IOException if it cannot be created
    public FileFlowJournal(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public synchronized void append(FlowEntry entry) throws IOException {
        Map<String, Object> line = new TreeMap<>();
        line.put("number", entry.number());
        line.put("time", entry.time().toString());
        line.put("step", entry.step());
        line.put("phase", entry.phase().name());
        line.put("state", entry.state().name());
        line.put("details", new TreeMap<>(entry.details()));
        byte[] bytes = ("\n" + JSON.writeValueAsString(line)).getBytes(StandardCharsets.UTF_8);
        Path file = file(entry.flow());
        boolean created = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        if (created) {
            forceFolder();
        }
    }

    @Override
    public synchronized List<FlowEntry> entries(UUID flow) throws IOException {
        Path file = file(flow);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<FlowEntry> entries = new ArrayList<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                parse(flow, line, entries);
            }
        }
        return entries;
    }

    private static void parse(UUID flow, String line, List<FlowEntry> target) throws IOException {
        try {
            var node = JSON.readTree(line);
            target.add(new FlowEntry(
                    flow,
                    node.required("number").intValue(),
                    Instant.parse(node.required("time").textValue()),
                    node.required("step").textValue(),
                    FlowEntry.Phase.valueOf(node.required("phase").textValue()),
                    TestFailoverState.valueOf(node.required("state").textValue()),
                    JSON.convertValue(node.required("details"), new TypeReference<Map<String, String>>() {})));
        } catch (JsonProcessingException _) {
            // An append begins with a line break, so whatever follows a cut line is still whole.
            return;
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new IOException("The journal of flow " + flow + " holds a line of another program: " + line, e);
        }
    }

    @Override
    public synchronized List<UUID> flows() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparingLong(f -> f.toFile().lastModified()))
                    .toList();
            List<UUID> flows = new ArrayList<>();
            for (Path file : found) {
                flowOf(file).ifPresent(flows::add);
            }
            return flows;
        }
    }

    @Override
    public synchronized void forget(UUID flow) throws IOException {
        if (Files.deleteIfExists(file(flow))) {
            forceFolder();
        }
    }

    private Path file(UUID flow) {
        return folder.resolve(flow + SUFFIX);
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Whose journal a file is; nobody's if it is a file that somebody else put there.
    private static Optional<UUID> flowOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is not the journal of a test failover; it is left alone.", file);
            return Optional.empty();
        }
    }
}
