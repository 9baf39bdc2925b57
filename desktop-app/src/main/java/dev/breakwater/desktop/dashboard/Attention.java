package dev.breakwater.desktop.dashboard;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProcessServerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One cause that something is wrong, for all machines and servers that it concerns.
///
/// @param example what the engine tells of the first of them
/// @param names whom it concerns, in the engine's order
/// @param servers whether these are process servers, not machines
record Attention(Problem example, List<String> names, boolean servers) {

    /// What machines and servers say themselves, in sentences of which nobody knows the kind.
    private static final String SAID = "remark";

    /// What differs from machine to machine in the same sentence of theirs.
    private static final Pattern PARTICULARS = Pattern.compile("\"[^\"]*\"|[0-9]+([.,:][0-9]+)*");

    /// All causes: servers first, since machines depend on them, then by how many are concerned.
    static List<Attention> of(List<MachineView> machines, List<ProcessServerView> processServers) {
        Map<Cause, Attention> servers = new LinkedHashMap<>();
        processServers.forEach(
                server -> server.problems().forEach(problem -> add(servers, problem, server.name(), true)));
        Map<Cause, Attention> causes = new LinkedHashMap<>();
        machines.forEach(machine -> machine.problems().forEach(problem -> add(causes, problem, machine.name(), false)));
        List<Attention> all = new ArrayList<>(causes.values());
        all.sort(Comparator.comparingInt((Attention cause) -> cause.names().size())
                .reversed());
        all.addAll(0, servers.values());
        return all;
    }

    private record Cause(String word, String said) {

        static Cause of(Problem problem) {
            return new Cause(
                    problem.cause(),
                    PARTICULARS.matcher(problem.values().getOrDefault(SAID, "")).replaceAll("#"));
        }
    }

    private static void add(Map<Cause, Attention> causes, Problem problem, String name, boolean server) {
        causes.computeIfAbsent(Cause.of(problem), cause -> new Attention(problem, new ArrayList<>(), server))
                .names()
                .add(name);
    }
}
