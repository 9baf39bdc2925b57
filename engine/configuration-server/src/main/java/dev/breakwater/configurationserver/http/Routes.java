package dev.breakwater.configurationserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.configurationserver.access.AccessRules.Rule;
import dev.breakwater.configurationserver.access.AuditLog;
import dev.breakwater.configurationserver.access.AuditLog.Asked;
import dev.breakwater.configurationserver.answer.JsonList;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.AuditRecord.Outcome;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.platform.log.LogContext;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Adds resources. Each must have a rule in [AccessRules]; what it records goes into the audit log before it is
/// carried out and after.
final class Routes {

    private final RoutesConfig javalin;
    private final AuditLog audit;
    private final List<Rule> added = new ArrayList<>();

    Routes(RoutesConfig javalin, Gate gate, AuditLog audit) {
        this.javalin = javalin;
        this.audit = audit;
        javalin.beforeMatched(gate::check);
    }

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

    void get(String path, Action action) {
        javalin.get(path, handler(rule("GET", path), action));
    }

    void post(String path, Action action) {
        javalin.post(path, handler(rule("POST", path), action));
    }

    void put(String path, Action action) {
        javalin.put(path, handler(rule("PUT", path), action));
    }

    void delete(String path, Action action) {
        javalin.delete(path, handler(rule("DELETE", path), action));
    }

    /// Answers a request by writing it itself.
    void getRaw(String path, RawAction action) {
        Rule rule = rule("GET", path);
        javalin.get(path, context -> action.answer(exchange(context, rule)));
    }

    /// Answers with a text that is made anew each time.
    void getText(String path, String contentType, Supplier<String> text) {
        getRaw(path, exchange -> exchange.context().contentType(contentType).result(text.get()));
    }

    /// Answers anybody with a status and a text.
    void getOpen(String path, String contentType, Consumer<Context> action) {
        Rule rule = rule("GET", path);
        javalin.get(path, context -> {
            requireOpen(context, rule);
            action.accept(context.contentType(contentType));
        });
    }

    /// Gives a text to anybody.
    void getText(String path, String contentType, String text) {
        Rule rule = rule("GET", path);
        javalin.get(path, context -> {
            requireOpen(context, rule);
            context.contentType(contentType).result(text);
        });
    }

    void postOpen(String path, OpenAction action) {
        Rule rule = rule("POST", path);
        javalin.post(path, context -> {
            requireOpen(context, rule);
            write(context, recorded(context, rule, () -> action.answer(context)));
        });
    }

    /// The rules of all resources, in the order they were added.
    List<Rule> added() {
        return List.copyOf(added);
    }

    private Rule rule(String method, String path) {
        Rule rule = AccessRules.of(method, path)
                .orElseThrow(() -> new IllegalStateException("No rule says who may ask " + method + " " + path + "."));
        added.add(rule);
        return rule;
    }

    private Handler handler(Rule rule, Action action) {
        return context -> {
            Exchange exchange = exchange(context, rule);
            PeerName caller = exchange.caller();
            try (LogContext.Scope _ =
                    caller.role() == PeerRole.MACHINE ? LogContext.machine(caller.id(), null) : () -> {}) {
                write(context, recorded(context, rule, () -> action.answer(exchange)));
            }
        };
    }

    /// The rule that let the request pass must be the one of the resource that answers it.
    private static Exchange exchange(Context context, Rule rule) {
        Gate.Passed passed = Gate.passed(context);
        if (passed.caller() == null || !passed.rule().equals(rule)) {
            throw new IllegalStateException("A request reached " + rule + " by another rule.");
        }
        return new Exchange(context, passed.caller());
    }

    private static void requireOpen(Context context, Rule rule) {
        if (!Gate.passed(context).rule().equals(rule)) {
            throw new IllegalStateException("A request reached " + rule + " by another rule.");
        }
    }

    private interface Work {
        @Nullable
        Object carryOut() throws IOException, InterruptedException;
    }

    private @Nullable Object recorded(Context context, Rule rule, Work work) throws IOException, InterruptedException {
        if (!rule.recorded()) {
            return work.carryOut();
        }
        Asked asked = Gate.passed(context).asked();
        audit.add(asked, Outcome.ASKED, null);
        Outcome outcome = Outcome.FAILED;
        String detail = null;
        try {
            Object answer = work.carryOut();
            outcome = Outcome.DONE;
            detail = answer instanceof JobView job ? "job " + job.id() : Exchange.note(context);
            return answer;
        } catch (Refusal refusal) {
            outcome = Outcome.REFUSED;
            detail = refusal.error().code();
            throw refusal;
        } finally {
            audit.add(asked, outcome, detail);
        }
    }

    static void write(Context context, @Nullable Object answer) {
        if (answer == null) {
            context.status(204);
        } else {
            context.contentType("application/json");
            try {
                context.result(
                        answer instanceof JsonList list
                                ? list.json()
                                : ControlJson.mapper().writeValueAsBytes(answer));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("An answer cannot be written as JSON.", e);
            }
        }
    }
}
