package dev.breakwater.simulation;

import java.time.Duration;
import java.util.Random;

/// What goes wrong, and how often; drawn from the seed. Everything works once [#stop] was called.
final class Faults {

    private final Random random;
    private boolean on;

    /// Of a thousand calls to the store or steps of the network, so many fail; each seed has its own weather.
    private int storePerMille;
    private int networkPerMille;
    private int controlPerMille;
    private int diskPerMille;

    Faults(Random random) {
        this.random = random;
    }

    /// Begins, with weather that is drawn: often fair in some respect, so that deep states are reached too.
    void begin() {
        on = true;
        storePerMille = weather();
        networkPerMille = weather();
        controlPerMille = weather();
        diskPerMille = weather();
    }

    private int weather() {
        int[] share = {0, 0, 5, 20, 60, 150};
        return share[random.nextInt(share.length)];
    }

    /// From now on nothing fails any more.
    void stop() {
        on = false;
    }

    boolean store() {
        return on && random.nextInt(1000) < storePerMille;
    }

    boolean network() {
        return on && random.nextInt(1000) < networkPerMille;
    }

    boolean control() {
        return on && random.nextInt(1000) < controlPerMille;
    }

    boolean disk() {
        return on && random.nextInt(1000) < diskPerMille;
    }

    /// One of so many.
    int choice(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int oneIn) {
        return on && random.nextInt(oneIn) == 0;
    }

    /// A time up to this one; usually a small part of it.
    Duration upTo(Duration most) {
        double share = random.nextDouble();
        return Duration.ofNanos((long) (most.toNanos() * share * share * share));
    }
}
