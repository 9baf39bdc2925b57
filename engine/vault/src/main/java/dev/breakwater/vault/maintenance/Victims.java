package dev.breakwater.vault.maintenance;

import dev.breakwater.vault.index.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Chooses objects that are worth emptying: those of which less than half is needed, and small ones if there are
/// many.
final class Victims {

    /// Small objects are put together once there are this many.
    private static final int MANY = 8;

    /// What an object less is worth, whatever is in it: it costs a call to write and a line in each listing.
    private static final long OBJECT_BYTES = 256 << 10;

    private Victims() {}

    /// What emptying objects frees, in bytes.
    static long gain(Map<ObjectRef, Long> victims, SpaceSurvey survey) {
        long gain = 0;
        for (Map.Entry<ObjectRef, Long> victim : victims.entrySet()) {
            gain += Math.max(0, victim.getValue() - survey.liveData(victim.getKey())) + OBJECT_BYTES;
        }
        return gain;
    }

    private record Candidate(ObjectRef object, long size, long live) {}

    /// Chooses.
    ///
    /// @param objects objects with data, and their sizes
    /// @param survey how much of each is needed
    /// @param segmentBytes what a segment has; a quarter of it is small
    /// @param maxBytes data to copy at most
    /// @return the chosen ones and their sizes
    static Map<ObjectRef, Long> choose(
            Map<ObjectRef, Long> objects, SpaceSurvey survey, long segmentBytes, long maxBytes) {
        List<Candidate> sparse = new ArrayList<>();
        List<Candidate> small = new ArrayList<>();
        objects.forEach((object, size) -> {
            Candidate candidate = new Candidate(object, size, survey.liveData(object));
            if (!survey.hasData(object)) {
                return;
            }
            if (candidate.live < size / 2) {
                sparse.add(candidate);
            } else if (size < segmentBytes / 4) {
                small.add(candidate);
            }
        });
        List<Candidate> chosen = new ArrayList<>(sparse);
        if (small.size() >= MANY) {
            chosen.addAll(small);
        }
        chosen.sort(Comparator.comparingDouble(candidate -> (double) candidate.live / candidate.size));
        Map<ObjectRef, Long> victims = new LinkedHashMap<>();
        long bytes = 0;
        for (Candidate candidate : chosen) {
            bytes += candidate.live;
            if (bytes > maxBytes) {
                break;
            }
            victims.put(candidate.object, candidate.size);
        }
        return victims;
    }
}
