package dev.breakwater.control;

/// Why a request was not fulfilled, in words that an administrator can act on.
///
/// @param code a stable word for programs, for example `machine-not-found`
/// @param what what happened
/// @param effect what that means for the caller
/// @param cause why
/// @param action what to do about it
public record ApiError(String code, String what, String effect, String cause, String action) {

    /// All of it as one text.
    public String text() {
        return String.join(" ", what, effect, cause, action)
                .replaceAll(" +", " ")
                .strip();
    }
}
