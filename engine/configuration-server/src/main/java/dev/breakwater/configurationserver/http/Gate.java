package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.access.Access;
import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.configurationserver.access.AccessRules.Rule;
import dev.breakwater.configurationserver.access.AuditLog;
import dev.breakwater.configurationserver.access.AuditLog.Asked;
import dev.breakwater.configurationserver.access.RateLimit;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.control.admin.AuditRecord.Outcome;
import dev.breakwater.platform.tls.PeerName;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What every request passes before anything answers it: there must be a rule for the resource, the caller must be
/// who it says and may ask it, and not too often. What is refused here is recorded, at a bounded rate.
final class Gate {

    /// Set once a request has passed.
    private static final String PASSED = "breakwater.passed";

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /// A machine asks some times a minute, a person's program some times a second.
    private static final int REQUESTS_AT_ONCE = 500;

    private static final double REQUESTS_PER_SECOND = 100;

    /// Two requests register one program; a hundred machines of one network may be rolled out at once.
    private static final int STRANGERS_AT_ONCE = 200;

    private static final double STRANGERS_PER_SECOND = 2;

    /// Refusals recorded of one address; more of them tell nothing more, and must not fill the log.
    private static final int REFUSALS_AT_ONCE = 60;

    private static final double REFUSALS_PER_SECOND = 0.1;

    private final Registrations registrations;
    private final AuditLog audit;
    private final Connections connections;
    private final RateLimit callers;
    private final RateLimit strangers;
    private final RateLimit refusals;

    Gate(Registrations registrations, AuditLog audit, Connections connections, LongSupplier nanos) {
        this.registrations = registrations;
        this.audit = audit;
        this.connections = connections;
        this.callers = new RateLimit(REQUESTS_AT_ONCE, REQUESTS_PER_SECOND, nanos);
        this.strangers = new RateLimit(STRANGERS_AT_ONCE, STRANGERS_PER_SECOND, nanos);
        this.refusals = new RateLimit(REFUSALS_AT_ONCE, REFUSALS_PER_SECOND, nanos);
    }

    /// A request that may be answered.
    ///
    /// @param rule that allows it
    /// @param caller who asks; null if the rule lets anybody
    /// @param asked for the audit log
    record Passed(Rule rule, @Nullable PeerName caller, Asked asked) {}

    /// Lets a request pass or refuses it.
    void check(Context context) {
        UUID request = RequestScope.of(context.req());
        String what = context.method() + " " + context.path();
        Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
        Rule rule = endpoint == null
                ? null
                : AccessRules.of(endpoint.method.name(), endpoint.path).orElse(null);
        if (rule == null) {
            throw Refusal.forbidden(
                    "The request was refused.", "No rule allows anybody to ask it.", "Look at openapi.yaml.");
        }
        if (rule.who() == Access.ANYBODY) {
            limit(strangers.permits(context.ip()));
            context.attribute(
                    PASSED, new Passed(rule, null, new Asked("anybody", "anybody", context.ip(), what, request)));
            return;
        }
        Optional<X509Certificate> certificate = certificate(context);
        Optional<PeerName> claimed = certificate.flatMap(PeerName::of);
        try {
            PeerName caller = claimed.orElseThrow(() -> Refusal.unproven(
                    "The request was refused.",
                    "It came without a client certificate of this installation.",
                    "Register first; the command line finds its certificate with --data."));
            limit(callers.permits(caller));
            String name =
                    registrations.accepts(caller, certificate.orElseThrow()).orElseThrow(() -> notGood(caller));
            if (!rule.who().admits(caller.role())) {
                throw Refusal.forbidden(
                        "The request was refused.",
                        "It takes a " + rule.who().word() + ", and a "
                                + caller.role().word() + " asks.",
                        "Ask with a certificate for that role.");
            }
            connections.belongs(context.req(), caller);
            context.attribute(
                    PASSED,
                    new Passed(
                            rule,
                            caller,
                            new Asked(name + " " + caller.id(), caller.role().word(), context.ip(), what, request)));
        } catch (Refusal refusal) {
            refused(context, claimed, what, request, refusal);
            throw refusal;
        }
    }

    private Refusal notGood(PeerName caller) {
        return registrations.knows(caller)
                ? Refusal.unproven(
                        "The request was refused.",
                        "The certificate of " + caller + " is not good any more: it has ended, was revoked, or was"
                                + " renewed or registered anew elsewhere.",
                        "Register again, or ask an administrator for a new certificate.")
                : Refusal.notRegistered(caller.toString());
    }

    /// What the request passed with.
    ///
    /// @throws IllegalStateException if it did not pass; it is not answered then
    static Passed passed(Context context) {
        Passed passed = context.attribute(PASSED);
        if (passed == null) {
            throw new IllegalStateException("A request reached " + context.path() + " without being checked.");
        }
        return passed;
    }

    private void refused(Context context, Optional<PeerName> claimed, String what, UUID request, Refusal refusal) {
        if (refusals.permits(context.ip())) {
            audit.add(
                    new Asked(
                            claimed.map(name -> name.id().toString()).orElse("anybody"),
                            claimed.map(name -> name.role().word()).orElse("anybody"),
                            context.ip(),
                            what.substring(0, Math.min(what.length(), 1000)),
                            request),
                    Outcome.REFUSED,
                    refusal.error().cause());
        }
    }

    private static Optional<X509Certificate> certificate(Context context) {
        X509Certificate[] chain = context.attribute(CERTIFICATES);
        return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(chain[0]);
    }

    private static void limit(boolean permitted) {
        if (!permitted) {
            throw Refusal.tooMany();
        }
    }
}
