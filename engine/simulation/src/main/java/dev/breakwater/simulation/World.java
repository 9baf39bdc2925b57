package dev.breakwater.simulation;

import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.simulation.Node.Computer;
import dev.breakwater.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that there is in one run: computers with their programs, the network, the vault, the clock.
final class World implements AutoCloseable {

    static final String LOCATION = "/simulated";
    static final String MACHINE_NAME = "protected";

    /// What the simulated network does not ask for.
    static final TlsIdentity NO_IDENTITY = Template.identity();

    /// What goes into the spool; less than some backlogs.
    private static final long SPOOL_BYTES = 700 << 10;

    private final Scheduler scheduler;
    private final Faults faults;
    private final Random entropyRandom;
    private final SimulatedNetwork network;
    private final ControlCalls control;
    private final VaultObjects objects;
    private final ProtectedMachine machine;
    private final MachineId machineId;
    private final Path folder;
    private final Judge judge;
    private final Computer machineComputer = new Computer();
    private final Computer controlComputer = new Computer();
    private final List<ProcessServerSlot> servers = new ArrayList<>();
    private @Nullable ControlNode controlNode;
    private @Nullable AgentNode agent;
    private @Nullable Node controlRun;
    private @Nullable MachineOrders keptOrders;
    private int runs;
    private long judgedSlots;
    private long stepCount;
    private long killAt = -1;
    private final List<String> stepNames = new ArrayList<>();
    private boolean recordSteps;

    /// A computer for a process server, and what runs there.
    static final class ProcessServerSlot {
        final ProcessServerId id;
        final String name;
        final Computer computer = new Computer();

        @Nullable
        ProcessServerNode running;

        ProcessServerSlot(ProcessServerId id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    World(long seed) throws IOException {
        Random root = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        scheduler = new Scheduler(new Random(root.nextLong()));
        faults = new Faults(new Random(root.nextLong()));
        entropyRandom = new Random(root.nextLong());
        machine = new ProtectedMachine(new Random(root.nextLong()), Template.disks());
        network = new SimulatedNetwork(this);
        control = new ControlCalls(this);
        objects = Template.objects();
        machineId = Template.MACHINE;
        folder = Template.folder();
        judge = new Judge(vault(objects), machineId, machine);
        Template.SERVERS.forEach((name, id) -> servers.add(new ProcessServerSlot(id, name)));
    }

    private Vault vault(dev.breakwater.vault.blob.ObjectStore store) throws IOException {
        return Vault.open(store, Template.vaultKey(), entropy(), controlClock());
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    SimulatedNetwork network() {
        return network;
    }

    ControlCalls control() {
        return control;
    }

    ProtectedMachine machine() {
        return machine;
    }

    MachineId machineId() {
        return machineId;
    }

    Judge judge() {
        return judge;
    }

    List<ProcessServerSlot> servers() {
        return servers;
    }

    List<Computer> computers() {
        List<Computer> all = new ArrayList<>(List.of(machineComputer, controlComputer));
        servers.forEach(server -> all.add(server.computer));
        return all;
    }

    @Nullable
    ControlNode controlNode() {
        return controlNode;
    }

    @Nullable
    AgentNode agent() {
        return agent;
    }

    Entropy entropy() {
        return entropyRandom::nextBytes;
    }

    InstantSource controlClock() {
        return new Node(scheduler, "clock", controlComputer).clock();
    }

    void keepOrders(MachineOrders orders) {
        keptOrders = orders;
    }

    Node node(String name, Computer computer) {
        return new Node(scheduler, name + "#" + ++runs, computer);
    }

    void tell(Node node, String what) {
        scheduler.trace().tell(scheduler.nanos(), node.name() + " " + what);
    }

    /// A program is about to do something that somebody else can see, or has just done it. Here it may be killed.
    void step(Node node, String what) {
        scheduler.trace().tell(scheduler.nanos(), node.name() + " " + what);
        if (recordSteps) {
            stepNames.add(node.name() + " " + what);
        }
        if (stepCount++ == killAt) {
            node.kill();
        }
    }

    /// Kills the program that reaches this step.
    void killAt(long step) {
        killAt = step;
    }

    /// From now on the steps are counted from 0 and their names kept.
    void recordSteps() {
        stepCount = 0;
        stepNames.clear();
        recordSteps = true;
    }

    List<String> stepNames() {
        return stepNames;
    }

    void startControl() {
        if (controlNode != null) {
            controlNode.database().close();
            controlNode = null;
        }
        Node node = node("control", controlComputer);
        var _ = node.light("main", () -> bootControl(node));
        controlRun = node;
    }

    private void bootControl(Node node) {
        try {
            while (controlNode == null) {
                try {
                    var store = new SimulatedStore(this, node, objects);
                    var started = new ControlNode(this, node, folder.resolve("configuration.db"), vault(store));
                    controlNode = started;
                    started.conductor().start();
                    control.listen(node, started.conductor());
                } catch (IOException e) {
                    node.sleep(Duration.ofSeconds(2));
                }
            }
        } catch (InterruptedException e) {
            scheduler.fail(e);
        }
    }

    /// The configuration server's program, starting or started.
    @Nullable
    Node controlRun() {
        return controlRun;
    }

    void startServer(ProcessServerSlot slot) {
        try {
            Node node = node(slot.name, slot.computer);
            slot.running = new ProcessServerNode(
                    this, node, slot.id, folder.resolve(slot.name), new SimulatedStore(this, node, objects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgent() {
        try {
            Node node = node("agent", machineComputer);
            agent = new AgentNode(this, node, machineId, machine, folder.resolve("agent"), SPOOL_BYTES, keptOrders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What must hold at every moment.
    void check() {
        for (ProcessServerSlot server : servers) {
            ProcessServerNode running = server.running;
            if (running != null && running.node().alive()) {
                running.checkBounds();
            }
        }
        AgentNode there = agent;
        if (there != null && there.node().alive() && there.spoolBytes() > SPOOL_BYTES) {
            throw new AssertionError("The spool has " + there.spoolBytes() + " bytes, its quota is " + SPOOL_BYTES);
        }
        if (objects.slotsMade() != judgedSlots) {
            judgedSlots = objects.slotsMade();
            judge.look();
        }
    }

    @Override
    public void close() throws IOException {
        if (controlNode != null) {
            controlNode.database().close();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// An identity from the run's randomness.
    UUID uuid() {
        return entropy().uuid();
    }
}
