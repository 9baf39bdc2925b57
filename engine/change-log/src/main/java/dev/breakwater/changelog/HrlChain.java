package dev.breakwater.changelog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// Puts logs of one disk into their order by the identities they name.
public final class HrlChain {

    private HrlChain() {}

    /// The logs in order, oldest first. Gaps and forks are findings: after a gap nothing more is in the result.
    ///
    /// @param logs in any order
    /// @param findings gets each finding as it is made
    /// @throws IOException if a file cannot be read
    public static List<Path> order(List<Path> logs, Consumer<HrlFinding> findings) throws IOException {
        Map<UUID, Path> byPrevious = new HashMap<>();
        Map<Path, UUID> identities = new HashMap<>();
        Map<Path, UUID> previous = new HashMap<>();
        for (var log : logs) {
            try (var reader = HrlReader.open(log)) {
                identities.put(log, reader.header().uniqueId());
                previous.put(log, reader.header().previousUniqueId());
                var other = byPrevious.putIfAbsent(reader.header().previousUniqueId(), log);
                if (other != null) {
                    findings.accept(error(log, "follows the same log as " + other + " does: the chain forks."));
                }
            } catch (HrlException e) {
                findings.accept(error(log, String.valueOf(e.getMessage())));
            }
        }
        var known = new HashSet<>(identities.values());
        var starts = logs.stream()
                .filter(log -> previous.containsKey(log) && !known.contains(previous.get(log)))
                .toList();
        if (starts.isEmpty()) {
            previous.keySet().stream()
                    .findFirst()
                    .ifPresent(log -> findings.accept(error(log, "is one of a chain without a beginning.")));
            return List.of();
        }
        for (var extra : starts.subList(1, starts.size())) {
            findings.accept(error(extra, "follows log " + previous.get(extra) + ", which is not here."));
        }
        var ordered = new ArrayList<Path>();
        var seen = new HashSet<Path>();
        var next = starts.get(0);
        while (next != null && seen.add(next)) {
            ordered.add(next);
            next = byPrevious.get(identities.get(next));
        }
        return ordered;
    }

    private static HrlFinding error(Path log, String what) {
        return new HrlFinding(log, HrlFinding.Severity.ERROR, what);
    }
}
