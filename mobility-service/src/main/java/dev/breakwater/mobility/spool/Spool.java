package dev.breakwater.mobility.spool;

import dev.breakwater.changelog.HrlException;
import dev.breakwater.changelog.HrlOrigin;
import dev.breakwater.changelog.HrlReader;
import dev.breakwater.changelog.HrlVisitor;
import dev.breakwater.changelog.HrlWriter;
import dev.breakwater.control.ControlJson;
import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder where points wait: `points/<number>.json` describes a point, `<disk>/<number>.hrl` holds its changes of a
/// disk, chained by PreviousUniqueId. A point is written logs first, description last, each forced to the disk; it is
/// removed description first. So what a description names is whole, and what none names is rubbish.
///
/// Not for several threads, save [#bytes] and [#count].
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /// More points than this do not wait: 12 hours at 5 s. A bound for what is read at the start.
    private static final int MAX_POINTS = 8640;

    private final Path folder;
    private final long quotaBytes;
    private final InstantSource clock;
    private final Entropy entropy;
    private final List<SpooledPoint> points = new ArrayList<>();
    private final Map<DiskId, UUID> lastLogs = new HashMap<>();
    private volatile long bytes;
    private volatile int count;

    private Spool(Path folder, long quotaBytes, InstantSource clock, Entropy entropy) {
        this.folder = folder;
        this.quotaBytes = quotaBytes;
        this.clock = clock;
        this.entropy = entropy;
    }

    /// Opens the spool and clears away what a dead writer left.
    ///
    /// @param folder made if missing
    /// @param quotaBytes no more than this is kept
    /// @throws IOException if the folder cannot be read or written
    public static Spool open(Path folder, long quotaBytes, InstantSource clock, Entropy entropy) throws IOException {
        var spool = new Spool(folder, quotaBytes, clock, entropy);
        SecretFile.createFolder(folder.resolve("points"));
        spool.read();
        return spool;
    }

    /// The points that wait, oldest first.
    public List<SpooledPoint> points() {
        return List.copyOf(points);
    }

    /// Bytes of all logs.
    public long bytes() {
        return bytes;
    }

    /// Number of points that wait.
    public int count() {
        return count;
    }

    /// Whether a point with so many changed bytes would probably fit.
    public boolean hasRoomFor(long changedBytes) {
        return points.size() < MAX_POINTS && bytes + changedBytes + (changedBytes >> 5) < quotaBytes;
    }

    /// Begins a point.
    ///
    /// @param incarnation the stretch of tracking
    /// @param base number of the generation before, spooled or durable
    /// @param disks a log is written for each, even if nothing changed on it
    /// @throws IOException if the logs cannot be created
    public SpoolWriter begin(UUID incarnation, long base, List<ProtectedDisk> disks) throws IOException {
        long number = points.isEmpty() ? 1 : points.getLast().number() + 1;
        return new SpoolWriter(this, number, incarnation, base, disks, quotaBytes - bytes);
    }

    /// Hands all changes of a point over, each disk's in their order.
    ///
    /// @throws HrlException if a log is damaged
    /// @throws IOException if a log cannot be read, or the sink fails
    public void replay(SpooledPoint point, BlockSink sink) throws IOException {
        for (var disk : point.disks()) {
            try (var reader = HrlReader.open(logFile(disk, point.number()))) {
                var origin = reader.header().origin();
                if (origin.isEmpty() || origin.get().generation() != point.generation()) {
                    throw new HrlException(
                            HrlException.Kind.DAMAGED,
                            logFile(disk, point.number()) + " is not the log of generation " + point.generation()
                                    + ".");
                }
                reader.replay(new HrlVisitor() {
                    @Override
                    public void write(long offset, ByteBuffer data) throws IOException {
                        sink.data(disk, offset, data);
                    }

                    @Override
                    public void zero(ByteRange range) throws IOException {
                        sink.zeros(disk, range.offset(), range.length());
                    }
                });
            }
        }
    }

    /// Forgets a point: the vault has it.
    ///
    /// @throws IOException if its description cannot be deleted
    public void remove(SpooledPoint point) throws IOException {
        Files.deleteIfExists(description(point.number()));
        points.remove(point);
        deleteLogs(point.number(), point.disks());
        if (points.isEmpty()) {
            lastLogs.clear();
        }
        recount();
    }

    /// Forgets everything.
    ///
    /// @throws IOException if something cannot be deleted
    public void clear() throws IOException {
        for (var point : points()) {
            remove(point);
        }
    }

    HrlWriter createLog(DiskId disk, long number, HrlOrigin origin) throws IOException {
        var file = logFile(disk, number);
        SecretFile.createFolder(folder.resolve(disk.toString()));
        Files.deleteIfExists(file);
        return HrlWriter.create(file, entropy.uuid(), lastLogs.getOrDefault(disk, HrlOrigin.NONE), origin, clock);
    }

    void committed(SpooledPoint point, Map<DiskId, UUID> logs) throws IOException {
        SecretFile.write(description(point.number()), ControlJson.mapper().writeValueAsBytes(point));
        points.add(point);
        lastLogs.putAll(logs);
        recount();
    }

    void deleteLogs(long number, Collection<DiskId> disks) throws IOException {
        for (var disk : disks) {
            Files.deleteIfExists(logFile(disk, number));
        }
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private void recount() {
        bytes = points.stream().mapToLong(SpooledPoint::bytes).sum();
        count = points.size();
    }

    private void read() throws IOException {
        for (var file : list(folder.resolve("points"), ".json")) {
            try {
                var point = ControlJson.mapper().readValue(Files.readAllBytes(file), SpooledPoint.class);
                if (description(point.number()).equals(file)) {
                    points.add(point);
                }
            } catch (IOException e) {
                LOG.warn("{} cannot be understood; the spooled point is given up.", file, e);
                Files.delete(file);
            }
        }
        points.sort(Comparator.comparingLong(SpooledPoint::number));
        var known = new HashSet<Path>();
        for (var point : points) {
            for (var disk : point.disks()) {
                known.add(logFile(disk, point.number()));
            }
        }
        try (var folders = Files.list(folder)) {
            for (var disk : folders.filter(Files::isDirectory).toList()) {
                for (var log : list(disk, ".hrl")) {
                    if (!known.contains(log)) {
                        LOG.info("{} belongs to a point that was never finished; it is deleted.", log);
                        Files.delete(log);
                    }
                }
            }
        }
        for (var point : points) {
            for (var disk : point.disks()) {
                try (var reader = HrlReader.open(logFile(disk, point.number()))) {
                    lastLogs.put(disk, reader.header().uniqueId());
                } catch (IOException e) {
                    LOG.warn("The log of a spooled point cannot be read; sending it will fail and be repaired.", e);
                }
            }
        }
        recount();
    }

    private static List<Path> list(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private Path description(long number) {
        return folder.resolve("points").resolve("%08d.json".formatted(number));
    }

    private Path logFile(DiskId disk, long number) {
        return folder.resolve(disk.toString()).resolve("%08d.hrl".formatted(number));
    }
}
