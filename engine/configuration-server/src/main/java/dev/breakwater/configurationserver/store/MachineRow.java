package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.RecoveryPoint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A registered machine.
///
/// @param id its identity
/// @param name what people call it
/// @param orderVersion version of its orders
/// @param state where its protection stands
/// @param policy name of its policy, while protected
/// @param processServer its process server, while protected
/// @param epoch number of its assignment
/// @param testFailoverState where its test failover stands
/// @param testFailoverJob the job that started it
/// @param inventory what it is made of, once it said so
/// @param newestPoint its newest durable point
public record MachineRow(
        MachineId id,
        String name,
        long orderVersion,
        ProtectionState state,
        @Nullable String policy,
        @Nullable ProcessServerId processServer,
        long epoch,
        TestFailoverState testFailoverState,
        @Nullable UUID testFailoverJob,
        @Nullable MachineInventory inventory,
        @Nullable RecoveryPoint newestPoint) {

    /// What is waited for when its orders change.
    public String topic() {
        return topic(id);
    }

    /// What is waited for when a machine's orders change.
    public static String topic(MachineId id) {
        return "machine:" + id;
    }

    /// Whether replication is asked for.
    public boolean isProtected() {
        return state != ProtectionState.UNPROTECTED && state != ProtectionState.DISABLING_PROTECTION;
    }

    /// The same in another state.
    public MachineRow in(ProtectionState newState) {
        return new MachineRow(
                id,
                name,
                orderVersion,
                newState,
                policy,
                processServer,
                epoch,
                testFailoverState,
                testFailoverJob,
                inventory,
                newestPoint);
    }

    /// The same with a new assignment, or none.
    public MachineRow assigned(@Nullable String newPolicy, @Nullable ProcessServerId newServer) {
        return new MachineRow(
                id,
                name,
                orderVersion,
                state,
                newPolicy,
                newServer,
                epoch + 1,
                testFailoverState,
                testFailoverJob,
                inventory,
                newestPoint);
    }

    /// The same under another policy; its assignment goes on.
    public MachineRow under(String newPolicy) {
        return new MachineRow(
                id,
                name,
                orderVersion,
                state,
                newPolicy,
                processServer,
                epoch,
                testFailoverState,
                testFailoverJob,
                inventory,
                newestPoint);
    }

    /// The same with its test failover in another state.
    public MachineRow testing(TestFailoverState newState, @Nullable UUID job) {
        return new MachineRow(
                id, name, orderVersion, state, policy, processServer, epoch, newState, job, inventory, newestPoint);
    }
}
