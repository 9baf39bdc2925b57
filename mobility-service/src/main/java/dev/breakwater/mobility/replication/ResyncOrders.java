package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.ResyncOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The orders to compare the disks with the vault. Each is answered once the vault holds what the comparison found, as
/// a recovery point: whoever waits for it can recover from then on.
final class ResyncOrders {

    /// Orders that were taken and are still asked for, or not answered yet.
    private final Set<UUID> taken = new HashSet<>();
    private final List<UUID> open = new ArrayList<>();
    private @Nullable UUID incarnation;
    private long generation;

    /// Forgets the orders that nobody asks for any more: those that were answered.
    ///
    /// @param present all that the configuration server asks for now
    void stillAsked(List<ResyncOrder> present) {
        taken.removeIf(order -> !open.contains(order)
                && present.stream().noneMatch(asked -> asked.orderId().equals(order)));
    }

    /// Whether the order is a new one.
    boolean isNew(ResyncOrder order) {
        return !taken.contains(order.orderId());
    }

    /// The order will be carried out.
    void take(ResyncOrder order) {
        taken.add(order.orderId());
        open.add(order.orderId());
        incarnation = null;
    }

    /// Everything was compared; what differed is in this generation or in later ones.
    void compared(UUID incarnation, long generation) {
        this.incarnation = incarnation;
        this.generation = generation;
    }

    /// A recovery point became durable.
    ///
    /// @return the orders that have been carried out by it; they are no longer open
    List<UUID> durable(UUID pointIncarnation, long pointGeneration) {
        if (!pointIncarnation.equals(incarnation) || pointGeneration < generation) {
            return List.of();
        }
        var done = List.copyOf(open);
        open.clear();
        return done;
    }
}
