package dev.breakwater.desktop.dashboard;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One cause that something is wrong, for all machines and servers that it concerns.
///
/// @param example what the engine says of the first of them
/// @param names whom it concerns, in the engine's order
/// @param servers whether these are process servers, not machines
record Attention(String example, List<String> names, boolean servers) {

    /// What differs from machine to machine in the same sentence.
    private static final Pattern PARTICULARS = Pattern.compile("\"[^\"]*\"|[0-9]+([.,:][0-9]+)*");

    /// All causes: servers first, since machines depend on them, then by how many are concerned.
    static List<Attention> of(List<MachineView> machines, List<ProcessServerView> processServers) {
        Map<String, Attention> servers = new LinkedHashMap<>();
        processServers.forEach(
                server -> server.problems().forEach(problem -> add(servers, problem, server.name(), true)));
        Map<String, Attention> causes = new LinkedHashMap<>();
        machines.forEach(machine -> machine.problems().forEach(problem -> add(causes, problem, machine.name(), false)));
        List<Attention> all = new ArrayList<>(causes.values());
        all.sort(Comparator.comparingInt((Attention cause) -> cause.names().size())
                .reversed());
        all.addAll(0, servers.values());
        return all;
    }

    private static void add(Map<String, Attention> causes, String problem, String name, boolean server) {
        causes.computeIfAbsent(
                        PARTICULARS.matcher(problem).replaceAll("#"),
                        cause -> new Attention(problem, new ArrayList<>(), server))
                .names()
                .add(name);
    }
}
