package dev.breakwater.processserver.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Files with sealed segments, on a local disk. They need not survive a crash, so nothing is synced.
final class CacheFolder {

    private static final String SUFFIX = ".segment";

    private final Path folder;
    private final AtomicLong nextName = new AtomicLong();

    private CacheFolder(Path folder) {
        this.folder = folder;
    }

    /// Takes the folder over and empties it: what an earlier process left there was never acknowledged.
    static CacheFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
        return new CacheFolder(folder);
    }

    /// Writes a segment to a new file.
    Path write(List<ByteBuffer> content) throws IOException {
        Path file = folder.resolve(nextName.incrementAndGet() + SUFFIX);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : content) {
                ByteBuffer rest = part.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// Removes a segment's file.
    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
