package dev.breakwater.launcher;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Words for an error that ends a command.
public final class Failures {

    /// Causes beyond this depth tell an administrator nothing new; also the bound against a cause that is its own.
    private static final int DEPTH = 5;

    private static final String STOPPED = "The command was stopped before its end; what it had begun is closed.";

    private Failures() {}

    /// One line: what happened, and what lay below it as far as that says more.
    public static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable current = failure;
        for (int depth = 0; depth < DEPTH && current != null; depth++) {
            String words = words(current);
            if (!words.isEmpty() && text.indexOf(words) < 0) {
                text.append(text.isEmpty() ? "" : " Cause: ").append(words);
            }
            current = current.getCause();
        }
        return text.isEmpty() ? failure.getClass().getSimpleName() : text.toString();
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case ExecutionException e when e.getCause() != null -> "";
            case CompletionException e when e.getCause() != null -> "";
            case InterruptedException _ when message == null -> STOPPED;
            case ClosedByInterruptException _ -> STOPPED;
            case NoSuchFileException e -> "There is no file " + e.getFile() + ".";
            case AccessDeniedException e -> "The access to " + e.getFile() + " is denied.";
            default -> message == null ? failure.getClass().getSimpleName() : message;
        };
    }
}
