package dev.breakwater.vault.blob;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// What a file system's error means for a vault.
final class FolderErrors {

    private FolderErrors() {}

    static StoreException of(String action, String name, IOException cause) {
        if (cause instanceof StoreException known) {
            return known;
        }
        StoreException.Kind kind = kind(cause);
        if (kind == StoreException.Kind.NOT_FOUND) {
            return StoreException.notFound(name);
        }
        String advice = switch (kind) {
            case FULL -> "Make room in the vault's folder; work then goes on by itself.";
            case REFUSED ->
                "Check the permissions of the vault's folder, and that its file system can make hard links.";
            default -> "Check the disk or share that holds the vault's folder; work goes on when it answers.";
        };
        return new StoreException(
                kind,
                "Could not " + action + " \"" + name + "\" in the vault's folder: " + text(cause) + ". " + advice,
                cause);
    }

    /// Whether a name stands for no object: nothing is there, or a folder is, or an object lies where a
    /// folder would be.
    static boolean isAbsence(IOException cause) {
        String text = text(cause).toLowerCase(Locale.ROOT);
        return cause instanceof NoSuchFileException
                || cause instanceof NotDirectoryException
                || text.contains("not a directory")
                || text.contains("is a directory");
    }

    private static StoreException.Kind kind(IOException cause) {
        String text = text(cause).toLowerCase(Locale.ROOT);
        if (isAbsence(cause)) {
            return StoreException.Kind.NOT_FOUND;
        }
        if (text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space")) {
            return StoreException.Kind.FULL;
        }
        boolean refused = cause instanceof AccessDeniedException
                || text.contains("read-only file system")
                || text.contains("operation not permitted")
                || text.contains("operation not supported");
        return refused ? StoreException.Kind.REFUSED : StoreException.Kind.UNAVAILABLE;
    }

    /// Why, in words for an administrator.
    static String reason(IOException cause) {
        return switch (cause) {
            case FileAlreadyExistsException e -> e.getFile() + " is a file";
            case AccessDeniedException e -> "the access to " + e.getFile() + " is denied";
            case NoSuchFileException e -> e.getFile() + " cannot be made there";
            default -> text(cause);
        };
    }

    private static String text(IOException cause) {
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
