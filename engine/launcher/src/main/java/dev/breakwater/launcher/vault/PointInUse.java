package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.NotFoundException;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.pin.Pin;
import dev.breakwater.vault.pin.Pins;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A machine's points as they are read by a command, one of them pinned for as long as this is open.
///
/// A vault that is read-only here is read without a pin, and that is said: a copy on a read-only disk must be enough
/// to recover from, and nobody prunes it.
final class PointInUse implements AutoCloseable {

    private static final Duration PIN_TIME = Duration.ofHours(6);

    /// Several chances before the pin expires, should the store be away for a while.
    private static final Duration RENEWAL = Duration.ofHours(1);

    private final Pins pins;
    private final MachineReader reader;
    private final RecoveryPoint point;
    private final ScheduledExecutorService renewal;
    private @Nullable Pin pin;

    private PointInUse(Pins pins, @Nullable Pin pin, MachineReader reader, RecoveryPoint point) {
        this.pins = pins;
        this.pin = pin;
        this.reader = reader;
        this.point = point;
        this.renewal = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("pin").factory());
        if (pin != null) {
            var _ = renewal.scheduleWithFixedDelay(
                    this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Pins a point and opens the machine's points as they are after that.
    ///
    /// @param idOrLatest the point's identity, or `latest`
    /// @throws NotFoundException if there is no such point, or if it was pruned at this moment
    static PointInUse open(OpenVault vault, OpenVault.KnownMachine machine, String idOrLatest) throws IOException {
        RecoveryPoint chosen;
        try (MachineReader reader = vault.reader(machine.id())) {
            chosen = OpenVault.point(reader, idOrLatest);
        }
        Pins pins = vault.vault().pins();
        Pin pin = pin(pins, chosen);
        MachineReader reader = vault.reader(machine.id());
        try {
            return new PointInUse(
                    pins, pin, reader, OpenVault.point(reader, chosen.id().toString()));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static @Nullable Pin pin(Pins pins, RecoveryPoint point) throws StoreException {
        try {
            return pins.pin(point.machine(), point.slot(), PIN_TIME);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.REFUSED) {
                throw e;
            }
            System.err.println("The vault cannot be written to, so the point is not protected from being pruned"
                    + " meanwhile: let no engine work on this vault until the command has ended.");
            return null;
        }
    }

    private synchronized void renew() {
        try {
            if (pin != null) {
                pin = pins.renew(pin, PIN_TIME);
            }
        } catch (StoreException e) {
            System.err.println("The pin of the point could not be renewed (tried again in " + RENEWAL.toMinutes()
                    + " minutes): " + e.getMessage());
        }
    }

    /// The machine's points.
    MachineReader reader() {
        return reader;
    }

    /// The point in use.
    RecoveryPoint point() {
        return point;
    }

    @Override
    public void close() throws IOException {
        renewal.shutdownNow();
        synchronized (this) {
            try (reader) {
                if (pin != null) {
                    pins.release(pin);
                }
            }
        }
    }
}
