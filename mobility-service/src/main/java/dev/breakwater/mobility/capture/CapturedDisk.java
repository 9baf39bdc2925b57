package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.platform.linux.DiskReader;

/// A disk with all that capture holds of it.
///
/// @param disk which
/// @param map the state of its blocks
/// @param reader reads it past the page cache
record CapturedDisk(ProtectedDisk disk, DirtyMap map, DiskReader reader) implements AutoCloseable {

    @Override
    public void close() {
        reader.close();
        map.close();
    }
}
