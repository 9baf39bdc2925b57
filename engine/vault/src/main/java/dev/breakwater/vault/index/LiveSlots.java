package dev.breakwater.vault.index;

import java.util.Arrays;
import java.util.Collection;

/// The slots that someone may still want to read: live points, ascending.
public final class LiveSlots {

    private final long[] slots;

    /// @param slots in any order
    public LiveSlots(Collection<Long> slots) {
        this.slots = slots.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /// Whether there is a live slot in a range.
    ///
    /// @param from first slot
    /// @param before the slot after the last
    public boolean anyIn(long from, long before) {
        int at = Arrays.binarySearch(slots, from);
        int next = at >= 0 ? at : -at - 1;
        return next < slots.length && slots[next] < before;
    }
}
