package dev.breakwater.control.machine;

import org.jspecify.annotations.Nullable;

/// What became of an order on the machine. A point that was taken still has to become durable; the process server
/// reports that.
///
/// @param succeeded whether the machine did its part
/// @param message what happened and what to do about it, if it failed; a remark, if not
public record OrderResult(boolean succeeded, @Nullable String message) {

    private static final int MAX_MESSAGE = 8192;

    public OrderResult {
        if (message != null && message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE);
        }
    }
}
