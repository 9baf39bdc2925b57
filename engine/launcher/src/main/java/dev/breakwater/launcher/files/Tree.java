package dev.breakwater.launcher.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder with everything in it.
public final class Tree {

    private Tree() {}

    /// Deletes it. Does nothing if there is none.
    public static void delete(Path tree) throws IOException {
        for (Path path : paths(tree, Comparator.reverseOrder())) {
            Files.deleteIfExists(path);
        }
    }

    /// Bytes of all files in it.
    public static long bytes(Path tree) throws IOException {
        long sum = 0;
        for (Path path : paths(tree, Comparator.naturalOrder())) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                sum += Files.size(path);
            }
        }
        return sum;
    }

    private static List<Path> paths(Path tree, Comparator<Path> order) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.sorted(order).toList();
        }
    }
}
