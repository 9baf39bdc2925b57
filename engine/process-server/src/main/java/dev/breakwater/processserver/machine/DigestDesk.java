package dev.breakwater.processserver.machine;

import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.reading.BlockDigests;
import dev.breakwater.vault.reading.MachineReader;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Protocol;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a machine that compares its disks with the vault's newest state: with the slot from which the
/// log's writer goes on, and no other. Reader and writer read the log at different times, and damage on the
/// way or a stale listing may let either miss slots; what differs from one of them says nothing about the
/// other.
final class DigestDesk {

    private static final Logger LOG = LoggerFactory.getLogger(DigestDesk.class);

    /// What the reader gives at once: 256 MiB of disk, 1 MiB of digests.
    private static final int REGIONS_AT_ONCE = 256;

    private final MachineReader reader;
    private final MachineWriter writer;
    private final List<Hello.Disk> disks;
    private final MessageDigest sha256;
    private final byte[] blocks = new byte[Protocol.REGION_BLOCKS * Protocol.DIGEST_BYTES];

    DigestDesk(MachineReader reader, MachineWriter writer, List<Hello.Disk> disks) {
        this.reader = reader;
        this.writer = writer;
        this.disks = disks;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private boolean isWhereTheWriterIs() {
        return reader.lastDurable().equals(writer.lastDurable());
    }

    private void follow() throws IOException {
        if (!isWhereTheWriterIs()) {
            reader.refresh();
        }
    }

    /// Looks again after the digests were read, since a reader that meets damage reads the log anew.
    private byte[] ofTheWritersLog(byte[] digests) throws IOException {
        if (!isWhereTheWriterIs()) {
            throw new IOException("The log of the machine ends at " + reader.lastDurable()
                    + " for whom compares and at "
                    + writer.lastDurable() + " for whom writes, so nothing can be compared. One of them could not read"
                    + " all of it; the machine connects again, and both read it anew.");
        }
        return digests;
    }

    /// One digest for each region, over the digests of its blocks; none if the vault never got anything of the disk.
    byte[] regions(int diskIndex, long firstRegion, int count) throws IOException {
        follow();
        Hello.Disk disk = disks.get(diskIndex);
        if (!reader.disks().contains(disk.id())) {
            return ofTheWritersLog(new byte[0]);
        }
        byte[] result = new byte[count * Protocol.DIGEST_BYTES];
        for (int done = 0; done < count; done += REGIONS_AT_ONCE) {
            int now = Math.min(REGIONS_AT_ONCE, count - done);
            long first = firstRegion + done;
            BlockDigests digests = reader.digests(
                    disk.id(), first * Protocol.REGION_BLOCKS, Math.multiplyExact(now, Protocol.REGION_BLOCKS));
            for (int i = 0; i < now; i++) {
                int blockCount = Protocol.blocksOfRegion(disk.sizeBytes(), first + i);
                digests.copy(i * Protocol.REGION_BLOCKS, blockCount, blocks, 0);
                regionDigest(blockCount, result, (done + i) * Protocol.DIGEST_BYTES);
            }
        }
        return ofTheWritersLog(result);
    }

    private void regionDigest(int blockCount, byte[] target, int offset) {
        sha256.update(blocks, 0, blockCount * Protocol.DIGEST_BYTES);
        System.arraycopy(sha256.digest(), 0, target, offset, Protocol.DIGEST_BYTES);
    }

    /// The digests of the blocks of one region.
    byte[] blocks(int diskIndex, long region) throws IOException {
        follow();
        Hello.Disk disk = disks.get(diskIndex);
        int count = Protocol.blocksOfRegion(disk.sizeBytes(), region);
        byte[] result = new byte[count * Protocol.DIGEST_BYTES];
        reader.digests(disk.id(), region * Protocol.REGION_BLOCKS, count).copy(0, count, result, 0);
        return ofTheWritersLog(result);
    }

    void close() {
        try {
            reader.close();
        } catch (IOException e) {
            LOG.warn("A reader could not be closed: {}", e.getMessage());
        }
    }
}
