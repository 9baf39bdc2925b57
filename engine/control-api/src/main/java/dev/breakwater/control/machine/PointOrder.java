package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A recovery point asked for.
///
/// @param orderId for the result
/// @param pointId the identity the point must get
/// @param type what it shall promise
/// @param runFrozen a command to run on the machine while its file systems stand still
/// @param timeoutSeconds how long the command may take before it is ended and the point fails
public record PointOrder(
        UUID orderId,
        PointId pointId,
        PointType type,
        @Nullable String runFrozen,
        int timeoutSeconds) {

    public PointOrder {
        Field.required(orderId, "orderId");
        Field.required(pointId, "pointId");
        Field.required(type, "type");
    }
}
