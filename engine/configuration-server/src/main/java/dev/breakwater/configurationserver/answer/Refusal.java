package dev.breakwater.configurationserver.answer;

import dev.breakwater.control.ApiError;

/// A request that is not fulfilled, with the words for its sender. Thrown inside a transaction it undoes the
/// transaction.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError error;

    private Refusal(int status, ApiError error) {
        super(error.text());
        this.status = status;
        this.error = error;
    }

    /// The request makes no sense (400).
    public static Refusal invalid(String what, String action) {
        return new Refusal(400, new ApiError("invalid-request", what, "Nothing was changed.", "", action));
    }

    /// The sender has not proved who it is (401).
    public static Refusal unproven(String what, String cause, String action) {
        return new Refusal(401, new ApiError("not-proven", what, "Nothing was changed.", cause, action));
    }

    /// The sender has a certificate of ours, and its registration has ended (401).
    public static Refusal notRegistered(String who) {
        return new Refusal(
                401,
                new ApiError(
                        ApiError.NOT_REGISTERED,
                        "The request was refused.",
                        "Nothing was changed.",
                        "The " + who + " is not registered any more.",
                        "Register again."));
    }

    /// The sender may not ask this (403).
    public static Refusal forbidden(String what, String cause, String action) {
        return new Refusal(403, new ApiError("forbidden", what, "Nothing was changed.", cause, action));
    }

    /// There is no such thing (404).
    public static Refusal notFound(String code, String what, String action) {
        return new Refusal(404, new ApiError(code, what, "Nothing was changed.", "", action));
    }

    /// It cannot be done as things stand (409).
    public static Refusal conflict(String code, String what, String cause, String action) {
        return new Refusal(409, new ApiError(code, what, "Nothing was changed.", cause, action));
    }

    /// The sender asks too often (429).
    public static Refusal tooMany() {
        return new Refusal(
                429,
                new ApiError(
                        "too-many-requests",
                        "The request was refused.",
                        "Nothing was changed.",
                        "The sender asks more often than any program of ours needs.",
                        "Wait a few seconds and try again."));
    }

    /// It may succeed later (503).
    public static Refusal unavailable(String code, String what, String cause) {
        return new Refusal(
                503,
                new ApiError(code, what, "Nothing was changed.", cause, "Try again; if it stays, look at the cause."));
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The words.
    public ApiError error() {
        return error;
    }
}
