package dev.breakwater.simulation.files;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Files of one computer. Paths made by [#path] reach them through a disk that fails as [DiskWeather] says; what was
/// written and not forced may be gone after [#powerCut].
public final class FaultyFiles extends FileSystemProvider {

    private final DiskWeather weather;
    private final FaultyFileSystem system = new FaultyFileSystem(this);

    /// What is forced of the files that are not forced entirely.
    private final Map<Path, byte[]> forced;

    /// @param weather of the disk
    /// @param forced what the computer's disk remembers of unforced files; shared by all programs of the computer
    public FaultyFiles(DiskWeather weather, Map<Path, byte[]> forced) {
        this.weather = weather;
        this.forced = forced;
    }

    /// A path through the faulty disk.
    public Path path(Path real) {
        return new FaultyPath(system, real);
    }

    /// The computer loses its power: of each file that was not forced stays what was forced, or a part of what is
    /// there.
    ///
    /// @param forced what was shared by the computer's programs
    public static void powerCut(Map<Path, byte[]> forced, DiskWeather weather) throws IOException {
        for (Map.Entry<Path, byte[]> file : new TreeMap<>(forced).entrySet()) {
            if (!Files.exists(file.getKey())) {
                continue;
            }
            if (weather.choice(2) == 0) {
                Files.write(file.getKey(), file.getValue());
            } else {
                byte[] now = Files.readAllBytes(file.getKey());
                Files.write(file.getKey(), java.util.Arrays.copyOf(now, weather.choice(now.length + 1)));
            }
        }
        forced.clear();
    }

    DiskWeather weather() {
        return weather;
    }

    FileSystem system() {
        return system;
    }

    /// A file is about to change.
    void unforced(Path real) throws IOException {
        if (!forced.containsKey(real)) {
            forced.put(real, Files.exists(real) ? Files.readAllBytes(real) : new byte[0]);
        }
    }

    void isForced(Path real) {
        forced.remove(real);
    }

    private static Path real(Path path) {
        return path instanceof FaultyPath faulty ? faulty.real() : path;
    }

    private void before(String what, Path path) throws IOException {
        Path name = path.getFileName();
        weather.step(what + " " + (name == null ? "" : name));
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        return system;
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return path(Path.of(uri));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path real = real(path);
        // A program that dies before it reads has done nothing since its step before.
        if (options.contains(StandardOpenOption.WRITE)) {
            before("open", path);
        }
        return new FaultyChannel(this, real, FileChannel.open(real, options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.list(real(folder))) {
            for (Path file : files.sorted().toList()) {
                if (filter.accept(path(file))) {
                    found.add(path(file));
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return Collections.unmodifiableList(found).iterator();
            }

            @Override
            public void close() {
                // Read already.
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectory(real(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        Path real = real(path);
        if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        before("delete", path);
        if (weather.next("delete") == DiskWeather.Outcome.ERROR) {
            throw new IOException("Input/output error");
        }
        Files.delete(real);
        forced.remove(real);
        before("deleted", path);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Files.copy(real(source), real(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        before("rename", source);
        if (weather.next("rename") == DiskWeather.Outcome.ERROR) {
            throw new IOException("Input/output error");
        }
        Files.move(real(source), real(target), options);
        byte[] left = forced.remove(real(source));
        if (left != null) {
            forced.put(real(target), left);
        }
        before("renamed", source);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return Files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = real(path);
        real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options)
            throws IOException {
        Files.setAttribute(real(path), attribute, value, options);
    }

    /// Writes as much as the disk lets.
    interface Write {
        int write(ByteBuffer part) throws IOException;
    }

    /// Lets the disk fail while it writes.
    int write(Path real, ByteBuffer bytes, Write write) throws IOException {
        unforced(real);
        before("write", real);
        DiskWeather.Outcome outcome = weather.next("write " + real.getFileName());
        if (outcome == DiskWeather.Outcome.FINE || bytes.remaining() < 2) {
            int written = write.write(bytes);
            before("wrote", real);
            return written;
        }
        int part = 1 + weather.choice(bytes.remaining() - 1);
        int limit = bytes.limit();
        bytes.limit(bytes.position() + part);
        int written;
        try {
            written = write.write(bytes);
        } finally {
            bytes.limit(limit);
        }
        before("wrote a part of", real);
        return switch (outcome) {
            case FULL -> throw new IOException("No space left on device");
            case ERROR -> throw new IOException("Input/output error");
            case FINE, SHORT -> written;
        };
    }

    void read(Path real) throws IOException {
        if (weather.next("read " + real.getFileName()) == DiskWeather.Outcome.ERROR) {
            throw new IOException("Input/output error");
        }
    }

    void force(Path real) throws IOException {
        before("force", real);
        if (weather.next("force " + real.getFileName()) == DiskWeather.Outcome.ERROR) {
            throw new IOException("Input/output error");
        }
    }
}
