package dev.breakwater.processserver.machine;

import dev.breakwater.platform.lz4.Lz4Exception;
import dev.breakwater.vault.log.FencedException;
import dev.breakwater.wire.RefusalCode;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Why a connection ends.
///
/// @param code what the machine goes by
/// @param text the same in words
record Ending(RefusalCode code, String text) {

    /// What a failure means for the machine.
    ///
    /// @param cause see [#cause]
    static Ending of(Throwable cause) {
        RefusalCode code = switch (cause) {
            case FencedException _ -> RefusalCode.FENCED;
            case IOException io -> code(io.getCause());
            default -> RefusalCode.INTERNAL;
        };
        return new Ending(code, String.valueOf(cause.getMessage()));
    }

    private static RefusalCode code(@Nullable Throwable inside) {
        return switch (inside) {
            case FencedException _ -> RefusalCode.FENCED;
            case Lz4Exception _ -> RefusalCode.PROTOCOL;
            case null, default -> RefusalCode.VAULT;
        };
    }

    /// What lies inside the wrappings of futures.
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
