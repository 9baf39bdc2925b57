package dev.breakwater.vault.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A page that says where the pages below it are, and which blocks each of them covers.
final class FencePage {

    /// First byte of a page of fences.
    static final int TYPE = 2;

    /// Pages below one.
    static final int MAX_CHILDREN = 512;

    private final long[] end;
    private final FrameRef[] child;

    private FencePage(long[] end, FrameRef[] child) {
        this.end = end;
        this.child = child;
    }

    static FencePage decode(ByteBuffer raw) throws IndexFormatException {
        VarReader in = new VarReader(raw, "page of fences");
        if (in.u8() != TYPE) {
            throw in.damaged("it is no page of fences");
        }
        int count = in.varint(MAX_CHILDREN);
        long[] end = new long[count];
        FrameRef[] child = new FrameRef[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            end[i] = before + in.varint(ExtentPage.MAX_BLOCKS);
            before = end[i];
            child[i] = FrameRef.read(in);
        }
        in.end();
        if (count == 0) {
            throw in.damaged("it has no children");
        }
        return new FencePage(end, child);
    }

    int count() {
        return child.length;
    }

    FrameRef child(int index) {
        return child[index];
    }

    /// The first child that reaches past a block, [#count] if there is none.
    int firstEndingAfter(long block) {
        int low = 0;
        int high = end.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end[middle] > block) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    int weight() {
        return 100 + child.length * 150;
    }

    /// Collects children until a page is full.
    static final class Builder {
        private final List<FrameRef> children = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();

        boolean isFull() {
            return children.size() == MAX_CHILDREN;
        }

        int count() {
            return children.size();
        }

        FrameRef only() {
            return children.getFirst();
        }

        long end() {
            return ends.getLast();
        }

        void add(long end, FrameRef child) {
            children.add(child);
            ends.add(end);
        }

        /// Writes the page and forgets it.
        void encode(VarWriter target) {
            target.u8(TYPE).varint(children.size());
            long before = 0;
            for (int i = 0; i < children.size(); i++) {
                target.varint(ends.get(i) - before);
                before = ends.get(i);
                children.get(i).write(target);
            }
            children.clear();
            ends.clear();
        }
    }
}
