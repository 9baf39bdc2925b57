package dev.breakwater.configurationserver.http;

import java.time.Duration;

/// How long a request for something newer is held back.
final class LongPoll {

    /// Shorter than what middle boxes and the clients' own time-outs allow.
    static final Duration HELD_BACK = Duration.ofSeconds(30);

    private LongPoll() {}
}
