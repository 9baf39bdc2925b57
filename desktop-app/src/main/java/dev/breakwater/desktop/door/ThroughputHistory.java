package dev.breakwater.desktop.door;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last samples of throughput. One thread uses it.
final class ThroughputHistory {

    /// A quarter of an hour at one sample each [EngineDoor#PERIOD]; a chart has fewer pixels than twice that.
    static final int SAMPLES = 450;

    private final Deque<Throughput> samples = new ArrayDeque<>();

    /// Adds a sample; the oldest goes once there are too many.
    List<Throughput> with(Throughput sample) {
        samples.addLast(sample);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        return List.copyOf(samples);
    }
}
