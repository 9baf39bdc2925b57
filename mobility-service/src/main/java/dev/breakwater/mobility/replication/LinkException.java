package dev.breakwater.mobility.replication;

import java.io.IOException;

/// The connection to the process server failed, as against a disk or the spool.
final class LinkException extends IOException {

    private static final long serialVersionUID = 1L;

    LinkException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    LinkException(String message) {
        super(message);
    }
}
