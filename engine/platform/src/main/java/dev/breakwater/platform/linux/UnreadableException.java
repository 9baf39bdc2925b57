package dev.breakwater.platform.linux;

import java.io.IOException;

/// A disk cannot be read at a place, although it is open and the place lies within it.
public final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final long offset;
    private final String reason;

    /// @param path the disk
    /// @param offset byte at which the first block that cannot be read begins
    /// @param cause what the kernel said
    public UnreadableException(String path, long offset, IOException cause) {
        super(path + " cannot be read at byte " + offset + ": " + cause.getMessage(), cause);
        this.path = path;
        this.offset = offset;
        this.reason = String.valueOf(cause.getMessage());
    }

    /// The disk.
    public String path() {
        return path;
    }

    /// Byte at which the first block that cannot be read begins.
    public long offset() {
        return offset;
    }

    /// What the kernel said.
    public String reason() {
        return reason;
    }
}
