package dev.breakwater.vault.blob;

import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Objects as files below a folder, on a local disk or a share that can make hard links.
///
/// A put writes a file below `.tmp`, syncs it, links it to its name, which fails if the name exists, and syncs the
/// folder. So a name appears with its whole content or not at all, and a crash leaves at most a file below `.tmp`,
/// which the first put of a later process removes once it is a day old.
public final class FolderStore implements ObjectStore {

    private static final String TEMPORARY = ".tmp";
    private static final int MAX_LIST = 5_000;

    /// Nobody writes one object for this long.
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path root;
    private final Entropy entropy;
    private final UnbufferedFiles unbuffered = new UnbufferedFiles();
    private final Set<Path> knownFolders = new HashSet<>();
    private boolean swept;

    private FolderStore(Path root, Entropy entropy) {
        this.root = root;
        this.entropy = entropy;
    }

    /// The store in a folder that exists. Nothing is written before the first put, so a read-only copy can be read.
    ///
    /// @throws StoreException of kind `NOT_FOUND` if there is no such folder
    public static FolderStore open(Path root, Entropy entropy) throws StoreException {
        if (!Files.isDirectory(root)) {
            throw new StoreException(
                    StoreException.Kind.NOT_FOUND,
                    "There is no folder " + root + ". Check the vault's location, or create a vault there.");
        }
        return new FolderStore(root, entropy);
    }

    /// The store in a folder, which is made if need be.
    public static FolderStore create(Path root, Entropy entropy) throws StoreException {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    "The folder " + root + " could not be made, so there is no vault: " + FolderErrors.reason(e)
                            + ". Choose another location, or make the folder yourself.",
                    e);
        }
        return open(root, entropy);
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        Path target = path(name);
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size > MAX_OBJECT_BYTES) {
            throw new IllegalArgumentException("An object has at most " + MAX_OBJECT_BYTES + " bytes, not " + size);
        }
        try {
            sweepOnce();
            Path folder = parent(target);
            makeFolder(folder);
            Path temporary = writeTemporary(content, size);
            PutOutcome outcome;
            try {
                outcome = link(target, temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder(folder);
            return outcome;
        } catch (IOException e) {
            throw FolderErrors.of("write", name, e);
        }
    }

    private static PutOutcome link(Path target, Path temporary) throws IOException {
        try {
            Files.createLink(target, temporary);
            return PutOutcome.CREATED;
        } catch (FileAlreadyExistsException e) {
            return PutOutcome.EXISTS;
        }
    }

    private Path writeTemporary(List<ByteBuffer> content, long size) throws IOException {
        Path temporary = root.resolve(TEMPORARY).resolve(entropy.uuid().toString());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            if (unbuffered.fill(temporary, content, size)) {
                channel.truncate(size);
            } else {
                write(channel, content);
            }
            channel.force(true);
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static void write(FileChannel channel, List<ByteBuffer> content) throws IOException {
        for (ByteBuffer part : content) {
            ByteBuffer rest = part.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > MAX_OBJECT_BYTES) {
                throw new StoreException(
                        StoreException.Kind.REFUSED,
                        "The object \"" + name + "\" has " + size
                                + " bytes; Breakwater never writes such a large one.");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            fill(channel, 0, content, name);
            return content.flip();
        } catch (IOException e) {
            throw FolderErrors.of("read", name, e);
        }
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
            fill(channel, offset, target, name);
        } catch (IOException e) {
            throw FolderErrors.of("read", name, e);
        }
    }

    private static void fill(FileChannel channel, long offset, ByteBuffer target, String name) throws IOException {
        long position = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, position);
            if (count < 0) {
                throw new StoreException(
                        StoreException.Kind.CUT,
                        "The object \"" + name + "\" ends at byte " + channel.size() + ", but " + target.remaining()
                                + " bytes from " + position + " on were asked for.");
            }
            position += count;
        }
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        Path path = path(name);
        try {
            return Files.isDirectory(path) ? OptionalLong.empty() : OptionalLong.of(Files.size(path));
        } catch (IOException e) {
            if (FolderErrors.isAbsence(e)) {
                return OptionalLong.empty();
            }
            throw FolderErrors.of("look up", name, e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        ObjectNames.requirePrefix(prefix);
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("A listing has 1 to " + MAX_LIST + " entries, not " + limit + ".");
        }
        try {
            return new FolderListing(root, prefix, after, limit).run();
        } catch (IOException e) {
            throw FolderErrors.of("list", prefix, e);
        }
    }

    @Override
    public boolean delete(String name) throws StoreException {
        Path path = path(name);
        try {
            boolean deleted = !Files.isDirectory(path) && Files.deleteIfExists(path);
            if (deleted) {
                syncFolder(parent(path));
            }
            return deleted;
        } catch (IOException e) {
            if (FolderErrors.isAbsence(e)) {
                return false;
            }
            throw FolderErrors.of("delete", name, e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(String name) {
        return root.resolve(ObjectNames.require(name));
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no folder");
        }
        return parent;
    }

    /// Makes a folder and those above it below the root, each durable before anything is put into it.
    private void makeFolder(Path folder) throws IOException {
        synchronized (knownFolders) {
            if (knownFolders.contains(folder)) {
                return;
            }
        }
        if (!folder.equals(root)) {
            Path above = parent(folder);
            makeFolder(above);
            Files.createDirectories(folder);
            syncFolder(above);
        }
        synchronized (knownFolders) {
            knownFolders.add(folder);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) {
            return; // Windows has no handle of a folder to sync; NTFS journals the names by itself.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Removes what a crashed process left below `.tmp`. A file of this moment tells the time, so that the
    /// clock of the computer that holds the folder is compared with itself.
    private synchronized void sweepOnce() throws IOException {
        if (swept) {
            return;
        }
        Path folder = root.resolve(TEMPORARY);
        makeFolder(folder);
        Path probe = writeTemporary(List.of(), 0);
        Instant now = Files.getLastModifiedTime(probe).toInstant();
        Files.delete(probe);
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                sweep(file, now.minus(ABANDONED_AFTER));
            }
        }
        swept = true;
    }

    private static void sweep(Path file, Instant before) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Its writer has finished in the meantime.
            return;
        }
    }
}
