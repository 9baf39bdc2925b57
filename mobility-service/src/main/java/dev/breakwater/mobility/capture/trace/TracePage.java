package dev.breakwater.mobility.capture.trace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads a page of a trace buffer as the kernel hands it out (`trace_pipe_raw`), a pure function of the page.
///
/// ```
/// page   u64 time | u64 commit: bits 0-29 length of data, 30 a count of lost events follows it, 31 events were lost
///        | data …
/// entry  u32: bits 0-4 kind, 5-31 time delta
///   kind 1-28 payload of 4 × kind bytes | 0 u32 length (itself included), payload | 29 padding: end of page if the
///   delta is 0, else u32 length | 30, 31 time: 4 more bytes
/// payload  u16 event id | …
/// ```
///
/// A damaged page never throws: it is reported as a loss, because events may hide in it.
final class TracePage {

    private static final int DATA_OFFSET = 16;
    private static final long LENGTH_MASK = 0x3fff_ffffL;
    private static final long LOST = 1L << 31;
    /// Event number of `trace_marker` in all kernels so far.
    private static final int PRINT_ID = 5;

    private static final int PRINT_TEXT = 16;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());

    private final List<EventFormat> formats;

    TracePage(List<EventFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /// Reads one page. A page of zeros says nothing.
    void read(MemorySegment page, TraceEvents events) {
        if (page.byteSize() < DATA_OFFSET) {
            events.lost("a page of the trace buffer is cut");
            return;
        }
        long commit = page.get(U64, 8);
        if ((commit & LOST) != 0) {
            events.lost("the trace buffer overflowed");
        }
        long end = DATA_OFFSET + (commit & LENGTH_MASK);
        if (end > page.byteSize()) {
            events.lost("a page of the trace buffer names an impossible length");
            return;
        }
        long at = DATA_OFFSET;
        while (at + 4 <= end) {
            int head = page.get(U32, at);
            int kind = head & 31;
            long payload = at + 4;
            long next;
            if (kind == 29 && head >>> 5 == 0) {
                return;
            } else if (kind >= 30) {
                next = at + 8;
            } else if (kind != 0 && kind != 29) {
                next = payload + 4L * kind;
            } else {
                long length = payload + 4 <= end ? Integer.toUnsignedLong(page.get(U32, payload)) : 0;
                payload += 4;
                next = at + 4 + length;
                if (length < 4) {
                    events.lost("an entry of the trace buffer names an impossible length");
                    return;
                }
            }
            if (next > end) {
                events.lost("an entry of the trace buffer is cut");
                return;
            }
            if (kind < 29) {
                event(page, payload, next, events);
            }
            at = next;
        }
    }

    private void event(MemorySegment page, long at, long end, TraceEvents events) {
        if (end - at < 2) {
            events.lost("an event of the trace buffer is cut");
            return;
        }
        int id = Short.toUnsignedInt(page.get(U16, at));
        if (id == PRINT_ID) {
            events.marker(end - at <= PRINT_TEXT ? "" : text(page, at + PRINT_TEXT, end));
            return;
        }
        for (EventFormat format : formats) {
            if (format.id() == id) {
                if (end - at < format.minBytes()) {
                    events.lost("an event of the trace buffer is cut");
                    return;
                }
                events.changed(
                        page.get(U32, at + format.dev()),
                        page.get(U64, at + format.sector()),
                        page.get(U32, at + format.sectorCount()),
                        isDiscard(page, at + format.kind(), format.kindBytes()),
                        format.whenDone());
                return;
            }
        }
    }

    private static boolean isDiscard(MemorySegment page, long at, int letters) {
        for (int i = 0; i < letters; i++) {
            byte letter = page.get(ValueLayout.JAVA_BYTE, at + i);
            if (letter == 'D') {
                return true;
            }
            if (letter == 0) {
                return false;
            }
        }
        return false;
    }

    private static String text(MemorySegment page, long from, long to) {
        byte[] bytes = page.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
