package dev.breakwater.vault.reading;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.object.DamagedObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Objects;

/// A disk at a point. When maintenance has moved what it reads, or a page of the map is damaged, it looks for
/// another map once.
final class PointDisk implements ReadableDisk {

    private final LogReader reader;
    private final long sizeBytes;
    private volatile DiskMap map;

    PointDisk(LogReader reader, DiskMap map, long sizeBytes) {
        this.reader = reader;
        this.map = map;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        Objects.checkFromIndexSize(offset, target.remaining(), sizeBytes);
        int position = target.position();
        try {
            map.read(reader.pages(), reader.frames(), offset, target);
        } catch (DamagedObjectException | StoreException e) {
            target.position(position);
            another(e).read(reader.pages(), reader.frames(), offset, target);
        }
    }

    @Override
    public Iterator<ByteRange> allocated() throws IOException {
        try {
            return new AllocatedRanges(reader.pages(), map, sizeBytes, this::another);
        } catch (DamagedObjectException | StoreException e) {
            return new AllocatedRanges(reader.pages(), another(e), sizeBytes, this::another);
        }
    }

    private DiskMap another(IOException failure) throws IOException {
        DiskMap found = reader.mapAnew(map, failure);
        map = found;
        return found;
    }

    @Override
    public void close() {
        // Caches are the reader's; nothing is held for one disk.
    }
}
