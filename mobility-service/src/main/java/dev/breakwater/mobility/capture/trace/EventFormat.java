package dev.breakwater.mobility.capture.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the fields of a block event lie, read from the kernel's own description: they move between kernels.
///
/// @param id number of the event
/// @param dev offset of the device number, 4 bytes
/// @param sector offset of the first sector, 8 bytes
/// @param sectorCount offset of the number of sectors, 4 bytes
/// @param kind offset of the letters that say what it was, for example `WS` or `D`
/// @param kindBytes how many letters there are at most
/// @param whenDone whether the event comes after the request has ended
record EventFormat(int id, int dev, int sector, int sectorCount, int kind, int kindBytes, boolean whenDone) {

    /// An event is smaller than a page of the trace buffer; a field that lies farther away is none.
    private static final int MAX_OFFSET = 64 * 1024;

    private static final Pattern ID = Pattern.compile("(?m)^ID:\\s*(\\d+)\\s*$");

    /// Reads the text of `events/block/NAME/format`.
    ///
    /// @throws IllegalArgumentException if a field is missing or has another size
    static EventFormat parse(String text, boolean whenDone) {
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            throw new IllegalArgumentException("the description of a trace event has no ID");
        }
        int[] kind = field(text, "rwbs", -1);
        return new EventFormat(
                Integer.parseInt(id.group(1)),
                field(text, "dev", 4)[0],
                field(text, "sector", 8)[0],
                field(text, "nr_sector", 4)[0],
                kind[0],
                kind[1],
                whenDone);
    }

    private static int[] field(String text, String name, int size) {
        Matcher m = Pattern.compile(
                        "(?m)^\\s*field:[^;]*\\b" + name + "(?:\\[\\d+])?;\\s*offset:(\\d+);\\s*size:(\\d+);")
                .matcher(text);
        if (!m.find() || (size >= 0 && Integer.parseInt(m.group(2)) != size)) {
            throw new IllegalArgumentException("a trace event has no field " + name + " of the known size");
        }
        int offset = Integer.parseInt(m.group(1));
        int bytes = Integer.parseInt(m.group(2));
        if (offset > MAX_OFFSET || bytes > MAX_OFFSET) {
            throw new IllegalArgumentException("a trace event has its field " + name + " at an impossible place");
        }
        return new int[] {offset, bytes};
    }

    /// Bytes that an event has at least.
    int minBytes() {
        return Math.max(Math.max(dev + 4, sector + 8), Math.max(sectorCount + 4, kind + kindBytes));
    }
}
