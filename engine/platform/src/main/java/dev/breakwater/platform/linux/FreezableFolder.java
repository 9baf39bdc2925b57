package dev.breakwater.platform.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// A mounted file system that can be brought to rest. Opened before it is needed: thawing then looks up no path.
public final class FreezableFolder implements AutoCloseable {

    private static final long FIFREEZE = 0xC0045877L;
    private static final long FITHAW = 0xC0045878L;

    private final NativeFile folder;

    private FreezableFolder(NativeFile folder) {
        this.folder = folder;
    }

    /// Opens the folder; freezes nothing yet.
    ///
    /// @param mountPoint a folder of the file system
    public static FreezableFolder open(String mountPoint) throws LinuxException {
        return new FreezableFolder(NativeFile.openFolder(mountPoint));
    }

    /// The folder.
    public String path() {
        return folder.path();
    }

    /// Writes what is dirty to the disk; may take long.
    public void sync() throws IOException {
        folder.checked("syncfs", Libc.syncfs(folder.descriptor()));
    }

    /// Freezes: returns when everything written is on the disk and new writers wait. [LinuxException#EBUSY] if it is
    /// frozen already, [LinuxException#EOPNOTSUPP] if this kind does not freeze.
    public void freeze() throws IOException {
        folder.control("freeze", FIFREEZE, MemorySegment.NULL);
    }

    /// Thaws.
    ///
    /// @return false if it was not frozen
    public boolean thaw() throws IOException {
        try {
            folder.control("thaw", FITHAW, MemorySegment.NULL);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == LinuxException.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
