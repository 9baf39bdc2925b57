package dev.breakwater.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// The configuration server gave no answer, so it is unknown whether it heard the request.
public final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private NoAnswerException(String message, IOException cause) {
        super(message, cause);
    }

    /// Says what a failed exchange means to an administrator.
    static NoAnswerException of(EngineAddress server, IOException cause) {
        String reason = "The configuration server at " + server + " gave no answer: ";
        return new NoAnswerException(
                switch (cause) {
                    case ConnectException e
                    when isUnresolved(e) ->
                        reason + "there is no computer of this name. Check the name, or give the address.";
                    case HttpConnectTimeoutException _ ->
                        reason + "no connection within the time allowed. Check that the engine's computer runs and"
                                + " that no firewall is in between.";
                    case ConnectException _ ->
                        reason + "nothing accepts connections there. Check that the engine runs, and its address.";
                    case HttpTimeoutException _ ->
                        reason + "it took longer than allowed. Look whether what was asked has happened, then ask"
                                + " again.";
                    case SSLException _ ->
                        reason + "the connection could not be secured. Check that this is the address of a Breakwater"
                                + " configuration server, and the one that this program registered with.";
                    default ->
                        reason + "the connection ended. Check that this is the port of the configuration server (443"
                                + " if not changed), and whether what was asked has happened.";
                },
                cause);
    }

    private static boolean isUnresolved(Throwable failure) {
        Throwable current = failure;
        // A bound, should a cause be its own; the name's error lies one or two levels below.
        for (int depth = 0; depth < 5 && current != null; depth++) {
            if (current instanceof UnresolvedAddressException) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }
}
