package dev.breakwater.vault.pin;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pins points and tells which are pinned.
///
/// Whoever uses a point for longer pins it, then looks once more whether the point is still listed, and renews
/// the pin well before it expires. Whoever prunes asks for the live pins after having recorded what it is going
/// to delete, and deletes after a grace period: so one of the two always sees the other. Safe for several
/// threads and computers.
public final class Pins {

    /// The longest time a pin holds without being renewed: after a crash of its holder space is free again by then.
    public static final Duration MAX_DURATION = Duration.ofDays(1);

    /// How far the clocks of two computers may be apart without a live pin being taken for an expired one.
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final int PAGE = 5_000;

    /// Pins of one vault that are looked at: far more than machines can be in use at once.
    private static final int MAX_PINS = 100_000;

    private final ObjectStore store;
    private final Entropy entropy;
    private final InstantSource clock;

    /// The pins of the vault in a store.
    public Pins(ObjectStore store, Entropy entropy, InstantSource clock) {
        this.store = store;
        this.entropy = entropy;
        this.clock = clock;
    }

    /// Pins a point.
    ///
    /// @param duration how long it holds, at most [#MAX_DURATION]
    /// @throws StoreException if the store fails; the pin may hold all the same, and then expires
    public Pin pin(MachineId machine, long slot, Duration duration) throws StoreException {
        return put(new Pin(machine, entropy.uuid(), slot, expiry(duration)));
    }

    /// Lets a pin hold longer. There is no moment at which it does not hold.
    ///
    /// @return the pin with its new expiry
    /// @throws StoreException if the store fails; the pin holds at least until its old expiry
    public Pin renew(Pin pin, Duration duration) throws StoreException {
        Pin renewed = put(new Pin(pin.machine(), pin.id(), pin.slot(), expiry(duration)));
        if (!renewed.equals(pin)) {
            store.delete(pin.objectName());
        }
        return renewed;
    }

    /// Ends a pin, with what a renewal that failed halfway may have left. May be repeated.
    ///
    /// @throws StoreException if the store fails; the pin then expires
    public void release(Pin pin) throws StoreException {
        for (ObjectInfo object : store.list(Pin.PREFIX + pin.machine() + "/" + pin.id() + "/", "", PAGE)) {
            store.delete(object.name());
        }
    }

    /// The pins of a machine that may hold, be the clocks as far apart as is tolerated.
    ///
    /// @throws StoreException if the store fails: then nothing may be pruned
    public List<Pin> live(MachineId machine) throws StoreException {
        return live(Pin.PREFIX + machine + "/");
    }

    /// The pins of all machines that may hold.
    ///
    /// @throws StoreException if the store fails: then nothing may be pruned
    public List<Pin> live() throws StoreException {
        return live(Pin.PREFIX);
    }

    /// Removes the pins of a machine that have long expired.
    ///
    /// @return how many
    /// @throws StoreException if the store fails; calling again goes on
    public int removeExpired(MachineId machine) throws StoreException {
        int removed = 0;
        for (Pin pin : list(Pin.PREFIX + machine + "/")) {
            if (!mayHold(pin) && store.delete(pin.objectName())) {
                removed++;
            }
        }
        return removed;
    }

    /// A pin's object that is not as it was written. It has no effect, or the one that its name says.
    ///
    /// @param objectName the object
    /// @param strange whether its name is no pin's
    public record Fault(String objectName, boolean strange) {}

    /// Names the objects below a machine's pins that are not as they were written.
    ///
    /// @throws StoreException if the store fails
    public List<Fault> faults(MachineId machine) throws StoreException {
        List<Fault> faults = new ArrayList<>();
        for (ObjectInfo object : store.list(Pin.PREFIX + machine + "/", "", PAGE)) {
            try {
                Pin pin = Pin.parse(object.name());
                if (!store.get(object.name()).equals(content(pin))) {
                    faults.add(new Fault(object.name(), false));
                }
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(object.name(), true));
            } catch (StoreException e) {
                // A pin that was released meanwhile is no fault.
                if (e.kind() != StoreException.Kind.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return faults;
    }

    private List<Pin> live(String prefix) throws StoreException {
        Map<UUID, Pin> newest = new HashMap<>();
        for (Pin pin : list(prefix)) {
            if (mayHold(pin)) {
                newest.merge(pin.id(), pin, (a, b) -> a.expiry().isAfter(b.expiry()) ? a : b);
            }
        }
        return List.copyOf(newest.values());
    }

    private boolean mayHold(Pin pin) {
        return pin.expiry().plus(CLOCK_TOLERANCE).isAfter(clock.instant());
    }

    private List<Pin> list(String prefix) throws StoreException {
        List<Pin> pins = new ArrayList<>();
        List<ObjectInfo> page = store.list(prefix, "", PAGE);
        while (!page.isEmpty()) {
            for (ObjectInfo object : page) {
                add(pins, object.name());
            }
            if (pins.size() > MAX_PINS) {
                throw new StoreException(
                        StoreException.Kind.REFUSED,
                        "The vault has more than " + MAX_PINS
                                + " pins, so that it is not safe to prune. Remove what lies" + " below \"" + Pin.PREFIX
                                + "\" once no point is in use.");
            }
            page = page.size() < PAGE
                    ? List.of()
                    : store.list(prefix, page.getLast().name(), PAGE);
        }
        return pins;
    }

    private static void add(List<Pin> pins, String name) {
        try {
            pins.add(Pin.parse(name));
        } catch (IllegalArgumentException e) {
            LOG.warn("The object \"{}\" is no pin and keeps no point; it is left alone.", name);
        }
    }

    private Pin put(Pin pin) throws StoreException {
        store.putIfAbsent(pin.objectName(), List.of(content(pin)));
        return pin;
    }

    /// For people; the name says all.
    private static ByteBuffer content(Pin pin) {
        String text = "slot " + pin.slot() + " until " + pin.expiry() + "\n";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Instant expiry(Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("A pin holds for up to " + MAX_DURATION + ", not " + duration + ".");
        }
        return clock.instant().plus(duration).truncatedTo(ChronoUnit.MILLIS);
    }
}
