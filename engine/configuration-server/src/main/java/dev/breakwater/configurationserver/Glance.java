package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.replication.Machines;
import dev.breakwater.configurationserver.replication.ProcessServers;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.OutboxTable;
import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.TlsIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The server at a glance.
///
/// @param settings as it was started
/// @param identity its own
/// @param ports for the vault's place
/// @param database its state
/// @param machines registered machines
/// @param servers process servers
/// @param startedAt when it was started
/// @param listening the port
record Glance(
        Settings settings,
        TlsIdentity identity,
        Ports ports,
        Database database,
        Machines machines,
        ProcessServers servers,
        Instant startedAt,
        AtomicInteger listening) {

    /// More than anybody reads; ten thousand machines that are silent after a restart must fit an answer.
    private static final int MOST_PROBLEMS = 1000;

    private static final UUID NONE = new UUID(0, 0);

    EngineStatus status() {
        List<MachineView> allMachines = machines.all();
        List<ProcessServerView> allServers = servers.all();
        int waiting = database.read(OutboxTable::size);
        int running = database.read(tx -> JobTable.unfinished(tx).size());
        List<Problem> problems = new ArrayList<>();
        allServers.forEach(server -> server.problems().forEach(problem -> problems.add(problem.of(server.name()))));
        allMachines.forEach(machine -> machine.problems().forEach(problem -> problems.add(problem.of(machine.name()))));
        List<String> notes = new ArrayList<>();
        allServers.forEach(server -> ThrottleNote.of(server, allMachines).ifPresent(notes::add));
        return new EngineStatus(
                identity.name().map(PeerName::id).orElse(NONE),
                settings.version(),
                startedAt,
                listening.get(),
                ports.vault().id(),
                ports.vault().location(),
                allMachines.size(),
                (int) allMachines.stream()
                        .filter(machine -> machine.state() != ProtectionState.UNPROTECTED)
                        .count(),
                allServers.size(),
                running,
                waiting,
                Health.worst(Stream.concat(
                        allServers.stream().map(ProcessServerView::health),
                        allMachines.stream().map(MachineView::health))),
                bounded(problems),
                notes);
    }

    private static List<Problem> bounded(List<Problem> problems) {
        if (problems.size() <= MOST_PROBLEMS) {
            return problems;
        }
        List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        int more = problems.size() - MOST_PROBLEMS;
        first.add(ProblemCause.MORE_PROBLEMS.problem(
                more + " more are not listed here; `breakwater machines list` tells of each machine.", more));
        return first;
    }
}
