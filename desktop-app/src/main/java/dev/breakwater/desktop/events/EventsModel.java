package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.model.MachineId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the list of events shows: of what has been read, what the filter lets through.
///
/// @param shown newest first
/// @param counts of each severity, among those whose text or machine match
/// @param all how many that are together
record EventsModel(List<Row> shown, Map<Health, Integer> counts, int all) {

    /// One request's worth.
    static final int PAGE = 200;

    /// Held at once; who looks for older ones has the audit log and the engine's log files.
    static final int MOST = 10_000;

    EventsModel {
        shown = List.copyOf(shown);
    }

    /// An event with the name of its machine.
    ///
    /// @param machine empty if it concerns none, or one that is gone
    record Row(Event event, String message, String machine) {}

    /// The list for a filter.
    ///
    /// @param read newest first
    /// @param severity a severity's name in lower case, or empty
    /// @param text part of the message or of the machine's name, or empty
    static EventsModel of(List<Told> read, List<MachineView> machines, String severity, String text) {
        Map<MachineId, String> names = new HashMap<>();
        machines.forEach(machine -> names.put(machine.id(), machine.name()));
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        Map<Health, Integer> counts = new EnumMap<>(Health.class);
        for (Health each : Health.values()) {
            counts.put(each, 0);
        }
        List<Row> shown = new ArrayList<>();
        int all = 0;
        for (Told told : read) {
            Event event = told.event();
            String machine = event.machine() == null ? "" : names.getOrDefault(event.machine(), "");
            if ((machine + ' ' + told.message()).toLowerCase(Locale.ROOT).contains(wanted)) {
                all++;
                counts.merge(event.severity(), 1, Integer::sum);
                if (severity.isEmpty() || event.severity().name().equalsIgnoreCase(severity)) {
                    shown.add(new Row(event, told.message(), machine));
                }
            }
        }
        return new EventsModel(shown, counts, all);
    }

    /// The number after which newer events come: 0 if there was none yet.
    static long last(List<Told> events) {
        return events.isEmpty() ? 0 : events.getFirst().event().number();
    }

    /// What has been read after newer events came: these first, nothing twice, and not more than [#MOST].
    ///
    /// @param newer oldest first, as the engine tells them
    static List<Told> withNewer(List<Told> read, List<Told> newer) {
        long last = read.isEmpty() ? Long.MIN_VALUE : read.getFirst().event().number();
        List<Told> all = new ArrayList<>(newer.reversed().stream()
                .filter(told -> told.event().number() > last)
                .toList());
        all.addAll(read);
        return List.copyOf(all.subList(0, Math.min(all.size(), MOST)));
    }

    /// What has been read after a page of older ones.
    ///
    /// @param older newest first
    static List<Told> withOlder(List<Told> read, List<Told> older) {
        List<Told> all = new ArrayList<>(read);
        all.addAll(older);
        return List.copyOf(all.subList(0, Math.min(all.size(), MOST)));
    }
}
