package dev.breakwater.platform.linux;

import java.io.IOException;

/// A system call failed.
public final class LinuxException extends IOException {

    /// Input or output error.
    public static final int EIO = 5;
    /// No data now.
    public static final int EAGAIN = 11;
    /// In use, or already frozen.
    public static final int EBUSY = 16;
    /// Not possible in this state, for example thawing what is not frozen.
    public static final int EINVAL = 22;
    /// Past the last data of a file.
    public static final int ENXIO = 6;
    /// Interrupted by a signal.
    static final int EINTR = 4;
    /// Not offered by this file system.
    public static final int EOPNOTSUPP = 95;
    /// Not offered by this kind of file.
    public static final int ENOTTY = 25;

    private static final long serialVersionUID = 1L;

    private final int errno;

    LinuxException(String call, String subject, int errno) {
        super(call + " of " + subject + " failed: " + Libc.errorText(errno) + " (errno " + errno + ")");
        this.errno = errno;
    }

    /// The kernel's error number.
    public int errno() {
        return errno;
    }
}
