package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole state that a machine should be in.
///
/// @param version grows with every change of the orders
/// @param machine who they are for
/// @param name what people call the machine
/// @param target where to send; absent while the machine is not protected
/// @param policy how often points are taken; absent while the machine is not protected
/// @param disks what to protect; empty means: protect nothing, forget all tracking
/// @param points recovery points asked for, oldest first; a point stays in the list until it is durable or has failed
/// @param resyncs resynchronisations asked for
public record MachineOrders(
        long version,
        MachineId machine,
        String name,
        @Nullable ReplicationTarget target,
        @Nullable ReplicationPolicy policy,
        List<DiskOrder> disks,
        List<PointOrder> points,
        List<ResyncOrder> resyncs) {

    public MachineOrders {
        Field.required(machine, "machine");
        Field.required(name, "name");
        disks = Field.list(disks, "disks", MachineInventory.MAX_DISKS);
        points = Field.list(points, "points", 1000);
        resyncs = Field.list(resyncs, "resyncs", 1000);
    }
}
