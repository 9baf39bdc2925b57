package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.MachineId;
import dev.breakwater.processserver.machine.DeskTools;
import dev.breakwater.processserver.machine.MachineDesk;
import dev.breakwater.processserver.machine.Serving;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.MachineAcceptor;
import dev.breakwater.wire.transport.MachineChannel;
import dev.breakwater.wire.transport.MachineSession;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machines that this process server serves, as its newest assignments say.
final class MachineDesks implements MachineAcceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MachineDesks.class);

    private final MachineVaults.Opener opener;
    private final DeskTools tools;
    private final Map<MachineId, MachineDesk> desks = new ConcurrentHashMap<>();
    private Assignments.@Nullable VaultAccess access;
    private @Nullable MachineVaults vaults;
    private volatile boolean ordered;

    MachineDesks(MachineVaults.Opener opener, DeskTools tools) {
        this.opener = opener;
        this.tools = tools;
    }

    /// Carries out assignments: opens desks, changes them, sends machines away that are not assigned any more.
    ///
    /// @throws IOException if the vault cannot be opened; nothing has changed then
    synchronized void carryOut(Assignments assignments) throws IOException {
        MachineVaults before = vaults;
        MachineVaults now = before;
        if (now == null || !assignments.vault().equals(access)) {
            now = opener.open(assignments.vault());
            vaults = now;
            access = assignments.vault();
        }
        Set<MachineId> kept = new HashSet<>();
        for (Assignment assignment : assignments.machines()) {
            kept.add(assignment.machine());
            Serving serving = Serving.of(assignment, now);
            MachineDesk desk = desks.get(assignment.machine());
            if (desk == null) {
                desks.put(assignment.machine(), new MachineDesk(serving, tools));
                LOG.info("Machine {} is assigned to this process server", assignment.name());
            } else {
                desk.update(serving);
            }
        }
        desks.entrySet().removeIf(entry -> {
            boolean gone = !kept.contains(entry.getKey());
            if (gone) {
                entry.getValue()
                        .dismiss(RefusalCode.NOT_ASSIGNED, "The machine is assigned to another process server now.");
            }
            return gone;
        });
        tools.memory().share(desks.size());
        ThrottleSetting limits = assignments.throttle();
        tools.throttle().schedule(limits == null ? null : limits.parsed());
        ordered = true;
        if (before != null && !before.equals(now)) {
            before.close();
        }
    }

    @Override
    public MachineSession accept(MachineChannel channel, Message.Hello hello) {
        MachineDesk desk = desks.get(hello.machine());
        if (desk != null) {
            return desk.connect(channel, hello);
        }
        if (ordered) {
            channel.refuse(RefusalCode.NOT_ASSIGNED, "This process server has no order to replicate the machine.");
        } else {
            channel.refuse(RefusalCode.BUSY, "This process server has just started and waits for its orders.");
        }
        return Unserved.INSTANCE;
    }

    List<MachineDesk> all() {
        return List.copyOf(desks.values());
    }

    /// Sends all machines away and closes the vault.
    synchronized void close() {
        desks.values().forEach(desk -> desk.dismiss(RefusalCode.STOPPING, "The process server is stopping."));
        desks.clear();
        if (vaults != null) {
            vaults.close();
        }
    }

    /// Hears nothing: the connection is ending.
    private enum Unserved implements MachineSession {
        INSTANCE;

        @Override
        public void received(Message message) {
            if (message instanceof Message.Data data) {
                data.payload().release();
            }
        }

        @Override
        public void closed(String why) {
            LOG.info("A machine that is not served here is no longer connected: {}", why);
        }
    }
}
