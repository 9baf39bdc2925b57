package dev.breakwater.vault.blob.azure;

import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.breakwater.vault.blob.StoreException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// What an error of Azure's library means for a vault: an answer with a status, a time-out, or no connection,
/// each of which comes as another kind of exception.
final class AzureErrors {

    private static final int BAD_RANGE = 416;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MAX_CAUSES = 20;

    private AzureErrors() {}

    static boolean isExistence(BlobStorageException e) {
        return BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode())
                || BlobErrorCode.CONDITION_NOT_MET.equals(e.getErrorCode())
                || BlobErrorCode.BLOB_IMMUTABLE_DUE_TO_POLICY.equals(e.getErrorCode());
    }

    static boolean isAbsence(BlobStorageException e) {
        return e.getStatusCode() == NOT_FOUND && !isContainerAbsence(e);
    }

    private static boolean isContainerAbsence(BlobStorageException e) {
        return BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())
                || BlobErrorCode.CONTAINER_DISABLED.equals(e.getErrorCode());
    }

    static StoreException of(String action, String name, RuntimeException cause) {
        return cause instanceof BlobStorageException answer
                ? ofAnswer(action, name, answer)
                : ofSilence(action, name, cause);
    }

    private static StoreException ofAnswer(String action, String name, BlobStorageException answer) {
        int status = answer.getStatusCode();
        String what = "Could not " + action + " \"" + name + "\" in the vault's container: Azure answered " + status
                + " " + answer.getErrorCode() + ". ";
        if (isContainerAbsence(answer)) {
            return new StoreException(
                    StoreException.Kind.REFUSED,
                    what + "There is no such container. Check the vault's location, or create a vault there.",
                    answer);
        }
        if (status == NOT_FOUND) {
            return new StoreException(
                    StoreException.Kind.NOT_FOUND, "There is no object \"" + name + "\" in the vault.", answer);
        }
        if (status == BAD_RANGE) {
            return new StoreException(
                    StoreException.Kind.CUT, what + "The object ends before the range that was asked for.", answer);
        }
        if (status == UNAUTHENTICATED || status == FORBIDDEN) {
            return new StoreException(
                    StoreException.Kind.REFUSED,
                    what
                            + "Check the connection string or the shared access signature: its expiry, and that it allows to"
                            + " read, add, create, write, delete and list; check also this computer's clock and the"
                            + " storage account's firewall.",
                    answer);
        }
        if (status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR) {
            return new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    what + "Azure is busy or disturbed; work goes on when it answers.",
                    answer);
        }
        return new StoreException(
                StoreException.Kind.REFUSED, what + "Azure does not take this request; see the details.", answer);
    }

    private static StoreException ofSilence(String action, String name, RuntimeException cause) {
        Throwable root = cause;
        for (int i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
            root = root.getCause();
            if (root instanceof IOException || root instanceof TimeoutException) {
                break;
            }
        }
        boolean silence =
                root instanceof IOException || root instanceof TimeoutException || root instanceof InterruptedException;
        if (!silence) {
            throw cause;
        }
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "Could not " + action + " \"" + name + "\" in the vault's container: no answer from Azure ("
                        + root.getClass().getSimpleName()
                        + "). Check the network, name resolution and proxy of this computer; work goes on when Azure"
                        + " answers.",
                cause);
    }
}
