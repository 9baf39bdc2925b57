package dev.breakwater.wire.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How many connections stand: in all, of each address that has not said who it is, and of each machine. So one
/// address cannot take all places, nor can one machine. Safe for several threads.
final class ConnectionLedger {

    /// A machine has one, two while it moves; the others are ending.
    private static final int PER_MACHINE = 8;

    private final int inAll;
    private final int strangersPerAddress;
    private final Map<String, Integer> strangers = new HashMap<>();
    private final Map<UUID, Integer> machines = new HashMap<>();
    private int open;

    /// @param inAll connections at a time
    ConnectionLedger(int inAll) {
        this.inAll = inAll;
        // Two hundred machines behind one router may come back at once; a handshake takes them milliseconds.
        this.strangersPerAddress = Math.max(1, inAll / 4);
    }

    /// One connection's entry.
    final class Entry {
        private final String address;
        private @Nullable UUID machine;
        private boolean stranger = true;
        private boolean ended;

        private Entry(String address) {
            this.address = address;
        }

        /// The machine has said who it is.
        ///
        /// @return false if it has too many connections; this one must be closed
        boolean belongsTo(UUID id) {
            synchronized (ConnectionLedger.this) {
                if (ended || !stranger) {
                    return false;
                }
                stranger = false;
                subtract(strangers, address);
                machine = id;
                return machines.merge(id, 1, Integer::sum) <= PER_MACHINE;
            }
        }

        /// The connection is over.
        void end() {
            synchronized (ConnectionLedger.this) {
                if (ended) {
                    return;
                }
                ended = true;
                open--;
                if (stranger) {
                    subtract(strangers, address);
                } else if (machine != null) {
                    subtract(machines, machine);
                }
            }
        }
    }

    /// A connection has come.
    ///
    /// @return null if there is no place for it
    synchronized @Nullable Entry open(String address) {
        if (open >= inAll || strangers.getOrDefault(address, 0) >= strangersPerAddress) {
            return null;
        }
        open++;
        strangers.merge(address, 1, Integer::sum);
        return new Entry(address);
    }

    private static <K> void subtract(Map<K, Integer> from, K key) {
        from.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null);
    }
}
