package dev.breakwater.vault.pin;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.blob.ObjectKind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point that is in use. All of it is in the object's name, so that a listing tells everything:
/// `pins/<machine>/<id>/<expiry, epoch milliseconds, 16 hex digits>-<slot, 16 hex digits>`.
///
/// @param machine whose point it is
/// @param id identity of the pin, the same when it is renewed
/// @param slot the point's slot
/// @param expiry when it ends by itself, to the millisecond
public record Pin(MachineId machine, UUID id, long slot, Instant expiry) {

    static final String PREFIX = ObjectKind.PIN.prefix();

    private static final Pattern NAME =
            Pattern.compile(PREFIX + "([0-9a-f-]{36})/([0-9a-f-]{36})/([0-9a-f]{16})-([0-9a-f]{16})");

    String objectName() {
        HexFormat hex = HexFormat.of();
        return PREFIX + machine + "/" + id + "/" + hex.toHexDigits(expiry.toEpochMilli()) + "-" + hex.toHexDigits(slot);
    }

    /// Reads an object's name.
    ///
    /// @throws IllegalArgumentException if it is no pin's
    static Pin parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not the name of a pin: " + name);
        }
        return new Pin(
                MachineId.of(matcher.group(1)),
                UUID.fromString(matcher.group(2)),
                HexFormat.fromHexDigitsToLong(matcher.group(4)),
                Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(matcher.group(3))));
    }
}
