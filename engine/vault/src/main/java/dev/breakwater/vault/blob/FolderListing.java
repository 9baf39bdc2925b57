package dev.breakwater.vault.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One listing of a [FolderStore]. A folder is sorted with the slash that follows it in its objects' names, so
/// that the walk meets names in ascending order; what cannot hold a wanted name is not opened.
final class FolderListing {

    private final Path root;
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<ObjectInfo> found = new ArrayList<>();

    FolderListing(Path root, String prefix, String after, int limit) {
        this.root = root;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    List<ObjectInfo> run() throws IOException {
        walk(root, "");
        return List.copyOf(found);
    }

    private void walk(Path folder, String name) throws IOException {
        for (Map.Entry<String, Path> entry : wantedChildren(folder, name).entrySet()) {
            if (found.size() == limit) {
                return;
            }
            if (entry.getKey().endsWith("/")) {
                walk(entry.getValue(), entry.getKey());
            } else {
                add(entry.getKey(), entry.getValue());
            }
        }
    }

    private SortedMap<String, Path> wantedChildren(Path folder, String name) throws IOException {
        SortedMap<String, Path> children = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                Path file = child.getFileName();
                if (file == null || file.toString().startsWith(".")) {
                    continue;
                }
                String plain = name + file;
                // Most entries are files that the name alone rules out; asking what each is would cost a call each.
                if (!mayMatter(plain)) {
                    continue;
                }
                String key = Files.isDirectory(child) ? plain + "/" : plain;
                if (key.endsWith("/") ? folderMatters(key) : plain.startsWith(prefix) && plain.compareTo(after) > 0) {
                    children.put(key, child);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new TreeMap<>();
        }
        return children;
    }

    private boolean mayMatter(String plain) {
        boolean prefixFits = plain.startsWith(prefix) || prefix.startsWith(plain + "/");
        return prefixFits && (plain.compareTo(after) > 0 || folderMatters(plain + "/"));
    }

    private boolean folderMatters(String key) {
        boolean prefixFits = key.startsWith(prefix) || prefix.startsWith(key);
        return prefixFits && (key.compareTo(after) > 0 || after.startsWith(key));
    }

    private void add(String name, Path file) throws IOException {
        try {
            found.add(new ObjectInfo(name, Files.size(file)));
        } catch (NoSuchFileException e) {
            // Deleted since the folder was read: as if it had been deleted before.
            return;
        }
    }
}
