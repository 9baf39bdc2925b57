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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder where points wait: `points/<number>.json` describes a point, `<disk>/<number>.hrl` holds its changes of a
/// disk (and `<number>-1.hrl` and so on what follows, where logs have a largest size), chained by PreviousUniqueId. A
/// point is written logs first, description last, each forced to the disk; it is removed description first. So what a
/// description names is whole, and what none names is rubbish. Rubbish that could not be given up is given up before
/// another point is begun.
///
/// On a disk that is protected itself, logs lie in a [SpoolReserve] ([#reserve]).
///
/// Not for several threads, save [#bytes] and [#count].
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /// More points than this do not wait: 12 hours at 5 s. A bound for what is read at the start.
    private static final int MAX_POINTS = 8640;

    private static final String RESERVE = "reserve";

    private final Path folder;
    private final long quotaBytes;
    private final InstantSource clock;
    private final Entropy entropy;
    private final List<SpooledPoint> points = new ArrayList<>();
    private final Map<DiskId, UUID> lastLogs = new HashMap<>();
    private final Set<Path> rubbish = new LinkedHashSet<>();
    private volatile long bytes;
    private volatile int count;
    private @Nullable SpoolReserve reserve;
    /// Files of the reserve in which a point is being written.
    private final Set<Path> open = new HashSet<>();

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
        if (SpoolReserve.exists(folder.resolve(RESERVE))) {
            spool.reserve = SpoolReserve.open(folder.resolve(RESERVE));
        }
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

    /// The most that it may hold.
    public long quotaBytes() {
        return quotaBytes;
    }

    /// Number of points that wait.
    public int count() {
        return count;
    }

    /// Whether a point with so many changed bytes would probably fit.
    public boolean hasRoomFor(long changedBytes) {
        long needed = changedBytes + (changedBytes >> 5);
        var known = reserve;
        boolean fits = known == null ? bytes + needed < quotaBytes : needed < known.freeBytes();
        return points.size() < MAX_POINTS && fits;
    }

    /// Gets room from the file system for all logs to come, up to the quota, and from now on uses nothing else.
    ///
    /// @return bytes of it; less than the quota if the file system has not more to spare
    /// @throws IOException if the file system has no such thing; the spool works on without
    public long reserve() throws IOException {
        var known = reserve == null ? SpoolReserve.open(folder.resolve(RESERVE)) : reserve;
        try {
            known.adjust(quotaBytes);
        } catch (IOException e) {
            if (known.bytes() == 0) {
                known.delete();
                throw e;
            }
            LOG.warn("The spool got {} bytes beforehand and no more: {}", known.bytes(), e.getMessage());
        }
        reserve = known;
        return known.bytes();
    }

    /// Gives back the room that was got beforehand and is not in use; logs are files as others from now on.
    ///
    /// @throws IOException if something of it stays
    public void giveUpReserve() throws IOException {
        var known = reserve;
        reserve = null;
        if (known != null) {
            known.delete();
        }
    }

    /// The files whose blocks on the disk belong to the spool for good, whatever they hold; none without a reserve.
    ///
    /// @throws IOException if they cannot be looked at
    public List<Path> reservedFiles() throws IOException {
        var known = reserve;
        if (known == null) {
            return List.of();
        }
        var result = new ArrayList<>(known.free());
        result.addAll(open);
        for (var point : points) {
            result.addAll(slotsOf(point));
        }
        return result;
    }

    private List<Path> slotsOf(SpooledPoint point) throws IOException {
        var result = new ArrayList<Path>();
        for (var log : logsOf(point)) {
            if (SpoolReserve.isSlot(log)) {
                result.add(log);
            }
        }
        return result;
    }

    /// Where it lies.
    public Path folder() {
        return folder;
    }

    /// Begins a point.
    ///
    /// @param incarnation the stretch of tracking
    /// @param generation the number that the point will have
    /// @param base number of the generation before, spooled or durable
    /// @param disks a log is written for each, even if nothing changed on it
    /// @throws IOException if rubbish cannot be given up, or the logs cannot be created
    public SpoolWriter begin(UUID incarnation, long generation, long base, List<ProtectedDisk> disks)
            throws IOException {
        sweep();
        long number = points.isEmpty() ? 1 : points.getLast().number() + 1;
        long room = reserve == null ? quotaBytes - bytes : Long.MAX_VALUE;
        return new SpoolWriter(this, number, incarnation, generation, base, disks, room);
    }

    /// Hands all changes of a point over, each disk's in their order.
    ///
    /// @throws HrlException if a log is damaged
    /// @throws IOException if a log cannot be read, or the sink fails
    public void replay(SpooledPoint point, BlockSink sink) throws IOException {
        for (int i = 0; i < point.disks().size(); i++) {
            for (int part = 0; part < point.logs().get(i); part++) {
                replay(point, point.disks().get(i), part, sink);
            }
        }
    }

    private void replay(SpooledPoint point, DiskId disk, int part, BlockSink sink) throws IOException {
        var file = logFile(disk, point.number(), part);
        try (var reader = HrlReader.open(file)) {
            var origin = reader.header().origin();
            boolean ours = origin.isPresent()
                    && origin.get().generation() == point.generation()
                    && origin.get().incarnation().equals(point.incarnation());
            if (!ours) {
                throw new HrlException(
                        HrlException.Kind.DAMAGED, file + " is not a log of generation " + point.generation() + ".");
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

    /// Forgets a point: the vault has it.
    ///
    /// @throws IOException if its description cannot be deleted: the point still waits then; or a log: it is
    ///     rubbish then
    public void remove(SpooledPoint point) throws IOException {
        Files.deleteIfExists(description(point.number()));
        points.remove(point);
        if (points.isEmpty()) {
            lastLogs.clear();
        }
        recount();
        rubbish.addAll(logsOf(point));
        sweep();
    }

    /// Forgets everything.
    ///
    /// @throws IOException if something cannot be deleted
    public void clear() throws IOException {
        for (var point : points()) {
            remove(point);
        }
    }

    /// Begins a log.
    ///
    /// @param part 0 for the first of the point and disk
    /// @param previous identity of the log before, if it is of this point; else null
    HrlWriter createLog(DiskId disk, long number, int part, @Nullable UUID previous, HrlOrigin origin)
            throws IOException {
        var file = logFile(disk, number, part);
        SecretFile.createFolder(folder.resolve(disk.toString()));
        UUID before = previous == null ? lastLogs.getOrDefault(disk, HrlOrigin.NONE) : previous;
        if (Files.exists(file)) {
            drop(file);
        }
        var known = reserve;
        if (known == null) {
            return HrlWriter.create(file, entropy.uuid(), before, origin, clock);
        }
        known.take(file);
        open.add(file);
        return begin(file, before, origin);
    }

    @SuppressWarnings("MustBeClosedChecker") // the channel belongs to the writer
    private HrlWriter begin(Path file, UUID before, HrlOrigin origin) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            return HrlWriter.begin(channel, entropy.uuid(), before, origin, clock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The most bytes that a log may have.
    long maxLogBytes() {
        return reserve == null ? Long.MAX_VALUE : SpoolReserve.SLOT_BYTES;
    }

    void committed(SpooledPoint point, Map<DiskId, UUID> logs) throws IOException {
        SecretFile.write(description(point.number()), ControlJson.mapper().writeValueAsBytes(point));
        points.add(point);
        open.clear();
        lastLogs.putAll(logs);
        recount();
    }

    /// Takes back what a writer has begun, or perhaps committed without getting to know: the description first.
    ///
    /// @param parts of each disk the highest part that may have been begun
    void takeBack(long number, Map<DiskId, Integer> parts) throws IOException {
        rubbish.add(description(number));
        parts.forEach((disk, last) -> {
            for (int part = 0; part <= last; part++) {
                rubbish.add(logFile(disk, number, part));
            }
        });
        sweep();
    }

    private void sweep() throws IOException {
        for (var file : List.copyOf(rubbish)) {
            drop(file);
            rubbish.remove(file);
        }
    }

    private void drop(Path file) throws IOException {
        var known = reserve;
        open.remove(file);
        if (known != null && SpoolReserve.isSlot(file)) {
            known.giveBack(file);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> logsOf(SpooledPoint point) {
        var result = new ArrayList<Path>();
        for (int i = 0; i < point.disks().size(); i++) {
            for (int part = 0; part < point.logs().get(i); part++) {
                result.add(logFile(point.disks().get(i), point.number(), part));
            }
        }
        return result;
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
                var point = ControlJson.read(file, SpooledPoint.class);
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
            known.addAll(logsOf(point));
        }
        dropUnknown(known);
        if (reserve != null) {
            int slots = 0;
            for (var point : points) {
                slots += slotsOf(point).size();
            }
            reserve.taken(slots);
        }
        for (var point : points) {
            for (int i = 0; i < point.disks().size(); i++) {
                var disk = point.disks().get(i);
                int last = point.logs().get(i) - 1;
                try (var reader = HrlReader.open(logFile(disk, point.number(), last))) {
                    lastLogs.put(disk, reader.header().uniqueId());
                } catch (IOException e) {
                    LOG.warn("The log of a spooled point cannot be read; sending it will fail and be repaired.", e);
                }
            }
        }
        recount();
    }

    private void dropUnknown(Set<Path> known) throws IOException {
        try (var folders = Files.list(folder)) {
            for (var disk : folders.filter(Files::isDirectory).toList()) {
                for (var log : list(disk, ".hrl")) {
                    if (!known.contains(log)) {
                        LOG.info("{} belongs to a point that was never finished; it is given up.", log);
                        drop(log);
                    }
                }
            }
        }
    }

    private static List<Path> list(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private Path description(long number) {
        return folder.resolve("points").resolve("%08d.json".formatted(number));
    }

    private Path logFile(DiskId disk, long number, int part) {
        String name = part == 0 ? "%08d.hrl".formatted(number) : "%08d-%d.hrl".formatted(number, part);
        return folder.resolve(disk.toString()).resolve(name);
    }
}
