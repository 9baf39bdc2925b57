package dev.breakwater.desktop.jobs;

import dev.breakwater.control.admin.JobView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the list of jobs shows.
///
/// @param shown jobs that the filter lets through, newest first
/// @param counts how many there are in each state among those of the machine that is asked for
/// @param all how many that are together
record JobsModel(List<JobView> shown, Map<JobView.State, Integer> counts, int all) {

    /// More than this nobody reads, and the engine gives no more at once.
    static final int MOST = 1000;

    JobsModel {
        shown = List.copyOf(shown);
    }

    /// The list for a filter.
    ///
    /// @param state a state's name in lower case, or empty
    /// @param machine part of a machine's name, or empty
    static JobsModel of(List<JobView> jobs, String state, String machine) {
        String wanted = machine.strip().toLowerCase(Locale.ROOT);
        List<JobView> ofMachine = jobs.stream()
                .filter(job -> wanted.isEmpty() || name(job).contains(wanted))
                .toList();
        Map<JobView.State, Integer> counts = new EnumMap<>(JobView.State.class);
        for (JobView.State each : JobView.State.values()) {
            counts.put(each, 0);
        }
        ofMachine.forEach(job -> counts.merge(job.state(), 1, Integer::sum));
        return new JobsModel(
                ofMachine.stream()
                        .filter(job -> state.isEmpty() || job.state().name().equalsIgnoreCase(state))
                        .toList(),
                counts,
                ofMachine.size());
    }

    private static String name(JobView job) {
        return job.machineName() == null ? "" : job.machineName().toLowerCase(Locale.ROOT);
    }

    /// What is known after the engine has told its newest jobs: these, then what was known of older ones.
    static List<JobView> merged(List<JobView> known, List<JobView> newest) {
        Set<UUID> told = new HashSet<>();
        newest.forEach(job -> told.add(job.id()));
        List<JobView> merged = new ArrayList<>(newest);
        known.stream().filter(job -> !told.contains(job.id())).forEach(merged::add);
        return List.copyOf(merged.subList(0, Math.min(merged.size(), MOST)));
    }

    /// The job that an address names, if it is known.
    static Optional<JobView> find(List<JobView> jobs, String id) {
        return jobs.stream().filter(job -> job.id().toString().equals(id)).findFirst();
    }
}
