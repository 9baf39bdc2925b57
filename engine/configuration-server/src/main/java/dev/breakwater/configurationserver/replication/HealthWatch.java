package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineHealthTable;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns changes of health into events, and remembers since when it is so. Used by one thread.
public final class HealthWatch {

    private final Database database;
    private final Machines machines;
    private final ProcessServers servers;
    private Map<String, Health> last = new HashMap<>();

    /// Watches the machines and process servers.
    public HealthWatch(Database database, Machines machines, ProcessServers servers) {
        this.database = database;
        this.machines = machines;
        this.servers = servers;
    }

    private record Watched(
            String key, String what, String name, @Nullable MachineId machine, Health health, List<Problem> problems) {

        Event event(Instant now) {
            return health == Health.NORMAL
                    ? event(now, EventKind.HEALTH_RESTORED, " is well again.")
                    : event(now, EventKind.HEALTH_CHANGED, " needs attention: " + Problem.texts(problems))
                            .because(problems);
        }

        private Event event(Instant now, EventKind kind, String text) {
            return Event.of(now, health, kind, machine, null, what + name + text, name);
        }
    }

    /// Looks once. What is seen for the first time is an event only if it is not normal.
    public void look() {
        List<Watched> all = new ArrayList<>();
        machines.all()
                .forEach(machine -> all.add(new Watched(
                        "machine " + machine.id(),
                        "The machine ",
                        machine.name(),
                        machine.id(),
                        machine.health(),
                        machine.problems())));
        servers.all()
                .forEach(server -> all.add(new Watched(
                        "process server " + server.id(),
                        "The process server ",
                        server.name(),
                        null,
                        server.health(),
                        server.problems())));
        Map<String, Health> now = new HashMap<>();
        List<Watched> changed = new ArrayList<>();
        List<Watched> moved = new ArrayList<>();
        for (Watched watched : all) {
            now.put(watched.key(), watched.health());
            if (last.getOrDefault(watched.key(), Health.NORMAL) != watched.health()) {
                changed.add(watched);
            }
            if (last.get(watched.key()) != watched.health()) {
                moved.add(watched);
            }
        }
        last = now;
        if (!moved.isEmpty()) {
            database.write(tx -> {
                moved.stream()
                        .filter(watched -> watched.machine() != null)
                        .forEach(watched -> MachineHealthTable.put(
                                tx, Objects.requireNonNull(watched.machine()), watched.health()));
                changed.forEach(watched -> EventTable.add(tx, watched.event(tx.now())));
                return true;
            });
        }
    }
}
