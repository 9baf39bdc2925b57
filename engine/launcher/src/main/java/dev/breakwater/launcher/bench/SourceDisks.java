package dev.breakwater.launcher.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The image as several disks. All are there until the end: one that came back under the name of another that is gone
/// would be compared with the vault, not copied.
record SourceDisks(List<SourceDisk> all) implements AutoCloseable {

    /// @param folder for what is needed besides the image
    static SourceDisks of(Path image, Path folder, int count) throws IOException {
        SourceDisks disks = new SourceDisks(new ArrayList<>());
        try {
            for (int i = 0; i < count; i++) {
                disks.all.add(SourceDisk.of(image, folder.resolve("disk-" + i)));
            }
            return disks;
        } catch (IOException e) {
            disks.close();
            throw e;
        }
    }

    @Override
    public void close() {
        all.forEach(SourceDisk::close);
    }
}
