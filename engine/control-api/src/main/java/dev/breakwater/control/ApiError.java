package dev.breakwater.control;

import org.jspecify.annotations.Nullable;

/// Why a request was not fulfilled, in words that an administrator can act on.
///
/// @param code a stable word for programs, for example `machine-not-found`
/// @param what what happened
/// @param effect what that means for the caller
/// @param cause why
/// @param action what to do about it
/// @param request the request that it answers, as the server's log names it; absent where there was none
public record ApiError(
        String code,
        String what,
        String effect,
        String cause,
        String action,
        @Nullable String request) {

    /// The sender's registration has ended.
    public static final String NOT_REGISTERED = "not-registered";

    /// An error outside of a request, for example the end of a job.
    public ApiError(String code, String what, String effect, String cause, String action) {
        this(code, what, effect, cause, action, null);
    }

    /// The same as the answer to a request.
    public ApiError of(@Nullable String answered) {
        return new ApiError(code, what, effect, cause, action, answered);
    }

    /// All of it as one text.
    public String text() {
        String words = String.join(" ", what, effect, cause, action)
                .replaceAll(" +", " ")
                .strip();
        return request == null ? words : words + " (request " + request + ")";
    }
}
