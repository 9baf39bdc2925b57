package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the servers can do their work.
///
/// @param checks in the order of the page
record ServerModel(List<Check> checks) {

    ServerModel {
        checks = List.copyOf(checks);
    }

    /// What came of a check.
    enum Outcome {
        PASSED,
        WARNED,
        FAILED,
        WAITING
    }

    /// A check.
    ///
    /// @param word last word of its text's key
    /// @param outcome what came of it
    /// @param detail why, or what was found; empty if there is nothing to say
    /// @param problems what the engine tells
    record Check(String word, Outcome outcome, String detail, List<Problem> problems) {

        Check(String word, Outcome outcome, String detail) {
            this(word, outcome, detail, List.of());
        }

        Check {
            problems = List.copyOf(problems);
        }
    }

    static ServerModel of(Snapshot snapshot) {
        List<Check> checks = new ArrayList<>();
        Figures figures = snapshot.figures();
        boolean live = snapshot.connection() == Connection.LIVE;
        checks.add(new Check(
                "answers",
                live
                        ? Outcome.PASSED
                        : snapshot.connection() == Connection.CONNECTING ? Outcome.WAITING : Outcome.FAILED,
                text(snapshot.problem())));
        if (figures == null) {
            return new ServerModel(checks);
        }
        List<ProcessServerView> heard = figures.processServers().stream()
                .filter(server -> server.figures() != null)
                .toList();
        checks.add(new Check("process-server", heard.isEmpty() ? Outcome.WAITING : Outcome.PASSED, names(heard)));
        Outcome health = Outcome.PASSED;
        List<Problem> problems = new ArrayList<>();
        for (ProcessServerView server : heard) {
            health = worse(health, server.health());
            problems.addAll(server.problems());
        }
        checks.add(new Check("health", heard.isEmpty() ? Outcome.WAITING : health, "", problems));
        int pending = figures.status().pendingVaultDocuments();
        checks.add(new Check("vault", pending == 0 ? Outcome.PASSED : Outcome.WARNED, ""));
        return new ServerModel(checks);
    }

    private static String text(@Nullable String problem) {
        return problem == null ? "" : problem;
    }

    private static String names(List<ProcessServerView> servers) {
        return String.join(
                ", ",
                servers.stream()
                        .map(server -> server.name() + ":" + server.replicationPort())
                        .toList());
    }

    private static Outcome worse(Outcome present, Health health) {
        return switch (health) {
            case NORMAL -> present;
            case WARNING -> present == Outcome.FAILED ? present : Outcome.WARNED;
            case CRITICAL -> Outcome.FAILED;
        };
    }

    /// Whether machines can be protected with these servers: a warning is no obstacle.
    boolean usable() {
        return checks.size() > 1
                && checks.stream()
                        .filter(check -> !check.word().equals("health"))
                        .allMatch(check -> check.outcome() == Outcome.PASSED || check.outcome() == Outcome.WARNED);
    }
}
