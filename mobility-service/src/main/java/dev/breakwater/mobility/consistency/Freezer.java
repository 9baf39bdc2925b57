package dev.breakwater.mobility.consistency;

import dev.breakwater.mobility.discovery.MountedFileSystem;
import dev.breakwater.platform.linux.FreezableFolder;
import dev.breakwater.platform.linux.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Freezes file systems together, in their order, and thaws them in the opposite one. For one thread.
///
/// While frozen, the calling program must not write to these file systems, not even a log line.
public final class Freezer implements AutoCloseable {

    private final List<FreezableFolder> folders = new ArrayList<>();
    private final List<FreezableFolder> frozen = new ArrayList<>();
    private final List<String> unfreezable = new ArrayList<>();
    private final @Nullable Watchdog watchdog;

    private Freezer(@Nullable Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /// Opens the file systems; freezes nothing yet.
    ///
    /// @param fileSystems in the order of freezing
    /// @param watchdog running; may be null if there is nothing to freeze
    /// @throws IOException if one cannot be opened
    public static Freezer open(List<MountedFileSystem> fileSystems, @Nullable Watchdog watchdog) throws IOException {
        Freezer freezer = new Freezer(watchdog);
        try {
            for (MountedFileSystem fileSystem : fileSystems) {
                freezer.folders.add(FreezableFolder.open(fileSystem.mountPoint()));
            }
            return freezer;
        } catch (IOException e) {
            freezer.closeFolders();
            throw e;
        }
    }

    /// Writes dirty pages to the disks, so that the freeze finds little to do.
    ///
    /// @throws IOException if a file system fails
    public void sync() throws IOException {
        for (FreezableFolder folder : folders) {
            folder.sync();
        }
    }

    /// Freezes all. If one fails, those before it are thawed again.
    ///
    /// @param within the watchdog thaws after this time
    /// @throws IOException if one cannot be frozen, for example because somebody else froze it
    public void freeze(Duration within) throws IOException {
        if (folders.isEmpty() || watchdog == null) {
            return;
        }
        List<String> paths = new ArrayList<>();
        folders.reversed().forEach(folder -> paths.add(folder.path()));
        watchdog.arm(paths, within);
        unfreezable.clear();
        try {
            for (FreezableFolder folder : folders) {
                freeze(folder);
            }
        } catch (IOException e) {
            thaw();
            throw e;
        }
    }

    private void freeze(FreezableFolder folder) throws IOException {
        try {
            folder.freeze();
            frozen.add(folder);
        } catch (LinuxException e) {
            if (e.errno() == LinuxException.EOPNOTSUPP || e.errno() == LinuxException.ENOTTY) {
                unfreezable.add(folder.path());
            } else if (e.errno() == LinuxException.EBUSY) {
                throw new IOException(folder.path() + " is already frozen by somebody else.", e);
            } else {
                throw e;
            }
        }
    }

    /// Mount points of file systems which know no freezing; only the absence of changes shows that they were at rest.
    public List<String> unfreezable() {
        return List.copyOf(unfreezable);
    }

    /// Whether something is frozen by this.
    public boolean isFrozen() {
        return !frozen.isEmpty();
    }

    /// Thaws all.
    ///
    /// @return false if one had been thawed already, by the watchdog or somebody else: there was no common
    ///     instant then
    /// @throws IOException if one cannot be thawed
    public boolean thaw() throws IOException {
        boolean held = true;
        IOException failure = null;
        for (FreezableFolder folder : frozen.reversed()) {
            try {
                held &= folder.thaw();
            } catch (IOException e) {
                failure = e;
            }
        }
        frozen.clear();
        if (failure != null) {
            // Still armed: the watchdog tries again.
            throw failure;
        }
        if (watchdog != null && !folders.isEmpty()) {
            watchdog.disarm();
        }
        return held;
    }

    private void closeFolders() {
        folders.forEach(FreezableFolder::close);
    }

    /// Thaws what is frozen and closes the folders.
    @Override
    public void close() throws IOException {
        try {
            if (isFrozen()) {
                thaw();
            }
        } finally {
            closeFolders();
        }
    }
}
