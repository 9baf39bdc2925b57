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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds resources so that each says which role may ask for it; there is no resource without.
final class Routes {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final RoutesConfig javalin;
    private final Registrations registrations;
    private final List<Resource> added = new ArrayList<>();

    Routes(RoutesConfig javalin, Registrations registrations) {
        this.javalin = javalin;
        this.registrations = registrations;
    }

    /// A resource that was added.
    ///
    /// @param method GET, POST, PUT or DELETE
    /// @param path with its parameters in braces
    /// @param role who may ask; null means anybody
    record Resource(String method, String path, @Nullable PeerRole role) {}

    /// Answers a request; null means there is nothing to say.
    interface Action {
        @Nullable
        Object answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /// Answers a request by itself.
    interface RawAction {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /// Answers anybody.
    interface OpenAction {
        Object answer(Context context) throws IOException;
    }

    void get(PeerRole role, String path, Action action) {
        added.add(new Resource("GET", path, role));
        javalin.get(path, handler(role, action));
    }

    void post(PeerRole role, String path, Action action) {
        added.add(new Resource("POST", path, role));
        javalin.post(path, handler(role, action));
    }

    void put(PeerRole role, String path, Action action) {
        added.add(new Resource("PUT", path, role));
        javalin.put(path, handler(role, action));
    }

    void delete(PeerRole role, String path, Action action) {
        added.add(new Resource("DELETE", path, role));
        javalin.delete(path, handler(role, action));
    }

    /// Answers a request by writing it itself.
    void getRaw(PeerRole role, String path, RawAction action) {
        added.add(new Resource("GET", path, role));
        javalin.get(path, context -> action.answer(new Exchange(context, caller(context, role))));
    }

    /// Gives a text to anybody.
    void getText(String path, String contentType, String text) {
        added.add(new Resource("GET", path, null));
        javalin.get(path, context -> context.contentType(contentType).result(text));
    }

    /// All resources, in the order they were added.
    List<Resource> added() {
        return List.copyOf(added);
    }

    void postOpen(String path, OpenAction action) {
        added.add(new Resource("POST", path, null));
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
