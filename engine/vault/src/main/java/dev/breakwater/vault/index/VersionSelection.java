package dev.breakwater.vault.index;

/// Which versions of a range somebody can still see.
///
/// A version is seen by the live points from its own slot until the next newer version's. The newest version
/// of a range is always kept: points yet to come see it.
public final class VersionSelection {

    private final LiveSlots live;
    private int[] kept = new int[16];

    /// @param live who still reads
    public VersionSelection(LiveSlots live) {
        this.live = live;
    }

    /// Chooses among the versions of the cursor's piece.
    ///
    /// @param bottom whether below these versions everything is zeros
    /// @return how many are kept; [#kept] has their numbers
    public int select(MergeCursor cursor, boolean bottom) {
        if (kept.length < cursor.versions()) {
            kept = new int[cursor.versions() * 2];
        }
        int count = 0;
        long newer = Long.MAX_VALUE;
        for (int i = 0; i < cursor.versions(); i++) {
            long slot = cursor.slot(i);
            if (i == 0 || live.anyIn(slot, newer)) {
                // Zeros under zeros: the older version says it for both.
                if (count > 0 && cursor.isZero(kept[count - 1]) && cursor.isZero(i)) {
                    count--;
                }
                kept[count++] = i;
            }
            newer = slot;
        }
        if (bottom && count > 0 && cursor.isZero(kept[count - 1])) {
            count--;
        }
        return count;
    }

    /// The number of a version that was kept.
    ///
    /// @param index 0 for the newest
    public int kept(int index) {
        return kept[index];
    }
}
