package dev.breakwater.simulation;

import dev.breakwater.configurationserver.Conductor;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.control.ControlException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Requests to the configuration server: each may be lost, or its answer, or come twice.
final class ControlCalls {

    /// How long a client waits, longer than a request is held back.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Duration LATENCY = Duration.ofMillis(80);

    /// What a request does at the server.
    interface Request<T> {
        T handle(Conductor conductor) throws Exception;
    }

    private final World world;
    private @Nullable Node node;
    private @Nullable Conductor conductor;

    ControlCalls(World world) {
        this.world = world;
    }

    /// A configuration server listens from now on, until it dies.
    void listen(Node server, Conductor started) {
        node = server;
        conductor = started;
    }

    /// Asks, as the program of that node.
    ///
    /// @throws ControlException if the answer is no
    /// @throws IOException if there is no answer
    <T> T call(Node from, String what, Request<T> request) throws IOException, InterruptedException {
        world.step(from, "asks " + what);
        Faults faults = world.faults();
        from.sleep(faults.upTo(LATENCY));
        int fault = faults.control() ? faults.choice(4) : -1;
        Node server = node;
        Conductor there = conductor;
        if (server == null || there == null || !server.alive() || fault == 0) {
            throw new IOException("the configuration server cannot be reached");
        }
        if (fault == 3) {
            // The network repeats a request whose answer got lost; only requests that may be repeated are.
            CompletableFuture<T> _ = answer(server, there, what, request);
        }
        CompletableFuture<T> answer = answer(server, there, what, request);
        try {
            T result = from.await(answer, PATIENCE);
            from.sleep(faults.upTo(LATENCY));
            if (fault == 1) {
                throw new IOException("the answer was lost");
            }
            world.step(from, "hears of " + what);
            return result;
        } catch (TimeoutException e) {
            throw new IOException("the configuration server did not answer in time", e);
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException refused(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> new ControlException(refusal.status(), refusal.error());
            case IOException io -> io;
            default -> new IOException("the configuration server failed", cause);
        };
    }

    private <T> CompletableFuture<T> answer(Node server, Conductor there, String what, Request<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        server.whenDead(() -> answer.completeExceptionally(new IOException("connection reset")));
        var _ = server.light("request", () -> {
            try {
                world.step(server, "serves " + what);
                T result = request.handle(there);
                world.step(server, "served " + what);
                answer.complete(result);
            } catch (Exception e) {
                if (!(e instanceof Refusal) && !(e instanceof IOException)) {
                    world.scheduler().fail(e);
                }
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
