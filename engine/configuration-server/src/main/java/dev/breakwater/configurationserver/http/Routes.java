package dev.breakwater.configurationserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.control.ControlJson;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// Adds resources so that each says which role may ask for it; there is no resource without.
final class Routes {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final RoutesConfig javalin;
    private final Registrations registrations;

    Routes(RoutesConfig javalin, Registrations registrations) {
        this.javalin = javalin;
        this.registrations = registrations;
    }

    /// Answers a request; null means there is nothing to say.
    interface Action {
        @Nullable
        Object answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /// Answers anybody.
    interface OpenAction {
        Object answer(Context context) throws IOException;
    }

    void get(PeerRole role, String path, Action action) {
        javalin.get(path, handler(role, action));
    }

    void post(PeerRole role, String path, Action action) {
        javalin.post(path, handler(role, action));
    }

    void put(PeerRole role, String path, Action action) {
        javalin.put(path, handler(role, action));
    }

    void delete(PeerRole role, String path, Action action) {
        javalin.delete(path, handler(role, action));
    }

    void postOpen(String path, OpenAction action) {
        javalin.post(path, context -> write(context, action.answer(context)));
    }

    /// Who asks, if it may.
    PeerName caller(Context context, PeerRole role) {
        X509Certificate[] chain = context.attribute(CERTIFICATES);
        if (chain == null || chain.length == 0) {
            throw Refusal.unproven(
                    "The request was refused.",
                    "It came without a client certificate.",
                    "Register first; the command line finds its certificate with --data.");
        }
        PeerName caller = PeerName.of(chain[0])
                .orElseThrow(() -> Refusal.unproven(
                        "The request was refused.", "The certificate names no role.", "Register again."));
        if (caller.role() != role) {
            throw Refusal.forbidden(
                    "The request was refused.",
                    "It is for a " + role.word() + ", and a " + caller.role().word() + " asks.",
                    "Ask with the certificate for that role.");
        }
        if (!registrations.accepts(caller, chain[0])) {
            throw Refusal.unproven(
                    "The request was refused.",
                    "The certificate of " + caller + " is not good any more: the registration was ended or renewed"
                            + " elsewhere.",
                    "Register again.");
        }
        return caller;
    }

    private Handler handler(PeerRole role, Action action) {
        return context -> write(context, action.answer(new Exchange(context, caller(context, role))));
    }

    static void write(Context context, @Nullable Object answer) {
        if (answer == null) {
            context.status(204);
        } else {
            context.contentType("application/json");
            try {
                context.result(ControlJson.mapper().writeValueAsBytes(answer));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("An answer cannot be written as JSON.", e);
            }
        }
    }
}
