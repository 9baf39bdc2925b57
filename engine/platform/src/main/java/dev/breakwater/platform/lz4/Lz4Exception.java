package dev.breakwater.platform.lz4;

import java.io.IOException;

/// Bytes are no LZ4 block of the content that was to be in it.
public final class Lz4Exception extends IOException {

    private static final long serialVersionUID = 1L;

    Lz4Exception(String message) {
        super(message);
    }

    Lz4Exception(String message, Throwable cause) {
        super(message, cause);
    }
}
