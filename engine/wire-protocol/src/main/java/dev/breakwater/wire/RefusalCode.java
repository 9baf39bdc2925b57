package dev.breakwater.wire;

/// Why a process server ends a connection. The code travels as its number; numbers are never reused.
public enum RefusalCode {
    /// The other side broke the protocol: a defect, or hostility. Trying again will not help.
    PROTOCOL(1, false),
    /// No common version. Trying again helps only after an update.
    VERSION(2, false),
    /// This process server does not replicate that machine; the configuration server knows which one does.
    NOT_ASSIGNED(3, true),
    /// The machine sends a disk that this process server knows nothing of; its orders may arrive later.
    UNKNOWN_DISK(4, true),
    /// No room now: too many machines, or earlier work of this machine is still on its way. Try again later.
    BUSY(5, true),
    /// Another process server has written to this machine's log; ask the configuration server for orders.
    FENCED(6, true),
    /// The vault cannot be reached or refuses. Try again later.
    VAULT(7, true),
    /// A newer connection of the same machine took the place of this one.
    SUPERSEDED(8, false),
    /// The process server is stopping. Try again later.
    STOPPING(9, true),
    /// A defect of the process server. Try again later.
    INTERNAL(10, true),
    /// The certificate is not the machine's newest, or was revoked. The process server may hear of a new one later.
    CERTIFICATE(11, true);

    private final int number;
    private final boolean retryHelps;

    RefusalCode(int number, boolean retryHelps) {
        this.number = number;
        this.retryHelps = retryHelps;
    }

    /// The number on the wire.
    public int number() {
        return number;
    }

    /// Whether the same machine may succeed later without anybody changing it.
    public boolean retryHelps() {
        return retryHelps;
    }

    /// The code with that number; a number from a newer peer counts as [#INTERNAL].
    public static RefusalCode ofNumber(int number) {
        for (RefusalCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return INTERNAL;
    }
}
