package dev.breakwater.mobility.capture;

import dev.breakwater.platform.linux.UnreadableException;
import java.io.IOException;

/// Capture could not do what it was asked for.
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    /// What the caller can do.
    public enum Kind {
        /// No point could be taken now (too many changes, a file system that does not freeze, a failed command).
        /// Nothing is lost; the file systems run; a later try can succeed.
        NOT_NOW,
        /// Changes may have gone unseen. Only [MachineCapture#renew] and a resynchronisation help.
        TRACKING_LOST,
        /// A disk cannot be read, or is not the disk it was.
        DISK,
        /// The program may not do this here: no rights, no state folder in memory, another instance at work.
        REFUSED
    }

    private final Kind kind;

    /// Without a cause of its own.
    ///
    /// @param kind what the caller can do
    /// @param message what happened, its effect, its cause and what to do
    public CaptureException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// With a cause.
    ///
    /// @param kind what the caller can do
    /// @param message what happened, its effect and what to do
    /// @param cause why
    public CaptureException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// A disk that cannot be read at a place.
    static CaptureException of(UnreadableException e) {
        return new CaptureException(
                Kind.DISK,
                "Disk " + e.path() + " cannot be read at byte " + e.offset()
                        + ", so no recovery point is taken; earlier"
                        + " points stay, and what changed stays marked. Cause: " + e.reason()
                        + ". Look at the kernel's log"
                        + " (dmesg) and at the disk's health (smartctl -a " + e.path()
                        + "). Points are taken again once"
                        + " the place can be read or has been written anew.",
                e);
    }

    /// What the caller can do.
    public Kind kind() {
        return kind;
    }
}
