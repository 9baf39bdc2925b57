package dev.breakwater.diskexport;

/// Numbers of the Network Block Device protocol, as the project's `doc/proto.md` gives them. Everything is big-endian.
final class Nbd {

    static final long GREETING_MAGIC = 0x4e42444d41474943L; // "NBDMAGIC"
    static final long OPTION_MAGIC = 0x49484156454f5054L; // "IHAVEOPT"
    static final long OPTION_REPLY_MAGIC = 0x0003e889045565a9L;
    static final int REQUEST_MAGIC = 0x25609513;
    static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    static final int STRUCTURED_REPLY_MAGIC = 0x668e33ef;

    static final int HANDSHAKE_FIXED_NEWSTYLE = 1;
    static final int HANDSHAKE_NO_ZEROES = 1 << 1;

    static final int OPTION_HEADER_BYTES = 16;
    static final int REQUEST_BYTES = 28;

    static final int OPT_EXPORT_NAME = 1;
    static final int OPT_ABORT = 2;
    static final int OPT_LIST = 3;
    static final int OPT_INFO = 6;
    static final int OPT_GO = 7;
    static final int OPT_STRUCTURED_REPLY = 8;
    static final int OPT_LIST_META_CONTEXT = 9;
    static final int OPT_SET_META_CONTEXT = 10;

    static final int REP_ACK = 1;
    static final int REP_SERVER = 2;
    static final int REP_INFO = 3;
    static final int REP_META_CONTEXT = 4;
    static final int REP_ERR_UNSUPPORTED = 0x80000001;
    static final int REP_ERR_INVALID = 0x80000003;
    static final int REP_ERR_UNKNOWN_EXPORT = 0x80000006;
    static final int REP_ERR_TOO_BIG = 0x80000009;

    static final int INFO_EXPORT = 0;
    static final int INFO_BLOCK_SIZE = 3;

    static final int FLAG_HAS_FLAGS = 1;
    static final int FLAG_READ_ONLY = 1 << 1;
    static final int FLAG_SEND_FLUSH = 1 << 2;
    static final int FLAG_SEND_DF = 1 << 7;
    static final int FLAG_CAN_MULTI_CONN = 1 << 8;

    static final int CMD_READ = 0;
    static final int CMD_WRITE = 1;
    static final int CMD_DISCONNECT = 2;
    static final int CMD_FLUSH = 3;
    static final int CMD_TRIM = 4;
    static final int CMD_WRITE_ZEROES = 6;
    static final int CMD_BLOCK_STATUS = 7;

    /// A block-status request for one descriptor only.
    static final int CMD_FLAG_REQ_ONE = 1 << 3;

    static final int CHUNK_DONE = 1;
    static final int CHUNK_NONE = 0;
    static final int CHUNK_OFFSET_DATA = 1;
    static final int CHUNK_BLOCK_STATUS = 5;
    static final int CHUNK_ERROR = 0x8001;

    static final int STATE_DATA = 0;
    /// A hole that reads as zeros.
    static final int STATE_HOLE_ZERO = 3;

    static final int OK = 0;
    static final int EPERM = 1;
    static final int EIO = 5;
    static final int EINVAL = 22;

    static final String BASE_ALLOCATION = "base:allocation";
    /// The number by which this server's only metadata context goes on the wire.
    static final int BASE_ALLOCATION_ID = 1;

    /// The protocol's own limit for the length of a name.
    static final int MAX_NAME_BYTES = 4096;
    /// No option that we know needs more than two names and a few numbers.
    static final int MAX_OPTION_BYTES = 4 * MAX_NAME_BYTES;
    /// The largest request that the protocol obliges a server to expect of clients that did not ask for its limits.
    static final int MAX_REQUEST_BYTES = 32 << 20;
    /// What a client that asks is told to stay below: more in one piece gains nothing.
    static final int PREFERRED_MAX_REQUEST_BYTES = 4 << 20;

    private Nbd() {}
}
