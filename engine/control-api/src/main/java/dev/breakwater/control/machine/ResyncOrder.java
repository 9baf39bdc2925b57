package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import java.util.UUID;

/// A comparison by digest of the machine's disks with the vault, asked for.
///
/// @param orderId for the result
/// @param reason for people
public record ResyncOrder(UUID orderId, String reason) {

    public ResyncOrder {
        Field.required(orderId, "orderId");
        Field.required(reason, "reason");
    }
}
