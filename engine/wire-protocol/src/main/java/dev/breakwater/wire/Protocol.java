package dev.breakwater.wire;

import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;

/// Every number of the protocol, see `PROTOCOL.md`.
public final class Protocol {

    /// The only version that is spoken. A machine offers the newest it speaks, the process server answers with the one
    /// to use.
    public static final int VERSION = 2;

    /// Where process servers listen unless told otherwise.
    public static final int DEFAULT_PORT = 9443;

    /// The path of the upgrade request.
    public static final String PATH = "/replication";

    /// The token of the upgrade request's `Upgrade` header.
    public static final String UPGRADE = "breakwater-replication";

    /// Bytes before each body: length (u32) and type (u8).
    public static final int HEADER_BYTES = 5;

    /// Bytes of a DATA body before the payload: sequence (u64), disk index (u16), offset (u64), raw length (u32).
    public static final int DATA_PREFIX_BYTES = 22;

    /// Largest payload of DATA, and the most it is once it is not compressed any more.
    public static final int MAX_DATA_BYTES = Blocks.MAX_PIECE_BYTES;

    /// Largest body of any message but DATA: a full answer with digests, or a CLOSE with every remark and network card.
    public static final int MAX_CONTROL_BYTES = 128 * 1024;

    /// What a message costs of the window besides its payload: its bookkeeping on the receiving side.
    public static final int MESSAGE_COST_BYTES = 64;

    /// Disks of a machine: boot disk and 64 data disks are what Azure carries; twice that is room for other targets.
    public static final int MAX_DISKS = 128;

    /// Generations that a machine may have closed and not yet seen durable, the open one included.
    public static final int MAX_OPEN_GENERATIONS = 4;

    /// Bytes of a region, the unit in which a resynchronisation first compares.
    public static final int REGION_BYTES = 1024 * 1024;

    /// Blocks of a region.
    public static final int REGION_BLOCKS = REGION_BYTES / Blocks.BLOCK_BYTES;

    /// Bytes of a digest of a block or of a region.
    public static final int DIGEST_BYTES = BlockDigester.DIGEST_BYTES;

    /// Regions of one DIGESTS answer: 64 KiB of digests for 4 GiB of disk.
    public static final int MAX_DIGEST_REGIONS = 4096;

    /// Requests for digests that a machine may have without an answer.
    public static final int MAX_OPEN_DIGEST_REQUESTS = 16;

    /// Text of names and single remarks, in bytes of UTF-8.
    public static final int MAX_TEXT_BYTES = 1024;

    /// Remarks of a point.
    public static final int MAX_REMARKS = 32;

    /// Network cards of a machine.
    public static final int MAX_NETWORK_CARDS = 64;

    /// Regions of a disk, the last one perhaps in part.
    public static long regionCount(long diskBytes) {
        return Math.ceilDiv(diskBytes, REGION_BYTES);
    }

    /// Blocks of one region of a disk.
    public static int blocksOfRegion(long diskBytes, long region) {
        return Math.toIntExact(Math.clamp(Blocks.count(diskBytes) - region * REGION_BLOCKS, 0, REGION_BLOCKS));
    }

    private Protocol() {}
}
