package dev.breakwater.simulation;

import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.simulation.Node.Computer;
import dev.breakwater.simulation.files.DiskWeather;
import dev.breakwater.simulation.files.FaultyFiles;
import dev.breakwater.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Everything that there is in one run: computers with their programs, the network, the vault, the clock.
final class World implements AutoCloseable {

    static final String LOCATION = "/simulated";
    static final String MACHINE_NAME = "protected";

    /// What the simulated network does not ask for.
    static final LiveIdentity NO_IDENTITY = new LiveIdentity(Template.identity());

    /// What goes into the spool; less than some backlogs.
    private static final long SPOOL_BYTES = 700 << 10;

    /// A service manager starts a program again that could not start.
    private static final long RESTART_NANOS = 5_000_000_000L;

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
    private final SimulatedSite site = new SimulatedSite();
    private final Computer machineComputer = new Computer();
    private final Computer controlComputer = new Computer();
    private final List<ProcessServerSlot> servers = new ArrayList<>();
    private @Nullable ControlNode controlNode;
    private @Nullable AgentNode agent;
    private @Nullable Node controlRun;
    private @Nullable Node agentRun;
    private @Nullable MachineOrders keptOrders;
    private int runs;
    private long judgedSlots;
    private long judgedCheckpoints;
    private UnaryOperator<MachineCapture> captures = UnaryOperator.identity();
    private long spoolBytes = SPOOL_BYTES;
    private String phase = "start";
    private long killAt = -1;
    private boolean killed;
    private final List<String> steps = new ArrayList<>();

    /// A computer for a process server, and what runs there.
    static final class ProcessServerSlot {
        final ProcessServerId id;
        final String name;
        final Computer computer = new Computer();

        @Nullable
        ProcessServerNode running;

        @Nullable
        Node run;

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

    /// Puts something between capture and replication, so that it can be seen whether that is noticed.
    void captures(UnaryOperator<MachineCapture> between) {
        captures = between;
    }

    /// Capture as replication sees it.
    MachineCapture capture(MachineCapture capture) {
        return captures.apply(capture);
    }

    /// Lets the spool take so much; what it may take stays what it is.
    void spoolBytes(long bytes) {
        spoolBytes = bytes;
    }

    /// The vault, past all faults.
    VaultObjects objects() {
        return objects;
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

    SimulatedSite site() {
        return site;
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

    /// Bytes on their way to the vault: the same story writes the same ones.
    void wrote(List<ByteBuffer> content) {
        CRC32 sum = new CRC32();
        content.forEach(part -> sum.update(part.duplicate()));
        scheduler.trace().add(sum.getValue());
    }

    /// A program is about to do something that somebody else can see, or has just done it. Here it may be killed.
    void step(Node node, String what) {
        scheduler.trace().tell(scheduler.nanos(), node.name() + " " + what);
        Runnable again = restart(node);
        if (again == null) {
            return;
        }
        steps.add(phase + ": " + node.name() + " " + what);
        if (steps.size() - 1 == killAt) {
            killed = true;
            scheduler.at(scheduler.nanos() + RESTART_NANOS, again);
            node.kill();
        }
    }

    /// What its service manager does when a program has died; null for what is no program of ours.
    private @Nullable Runnable restart(Node node) {
        if (node == agentRun) {
            return this::startAgent;
        }
        if (node == controlRun) {
            return this::startControl;
        }
        for (ProcessServerSlot server : servers) {
            if (node == server.run) {
                return () -> startServer(server);
            }
        }
        return null;
    }

    /// What is being done, for the names of steps.
    void phase(String name) {
        phase = name;
    }

    /// Whether the program was killed that was to be.
    boolean killed() {
        return killed;
    }

    /// Kills the program that reaches this step.
    void killAt(long step) {
        killAt = step;
    }

    /// The steps of all programs so far.
    List<String> steps() {
        return steps;
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
        Node node = node(slot.name, slot.computer);
        slot.run = node;
        var _ = node.light("main", () -> bootServer(slot, node));
    }

    private void bootServer(ProcessServerSlot slot, Node node) {
        try {
            Path cache = path(node, slot.computer, slot.name);
            slot.running = new ProcessServerNode(this, node, slot.id, cache, new SimulatedStore(this, node, objects));
        } catch (IOException e) {
            fails(node, e, () -> startServer(slot));
        }
    }

    void startAgent() {
        Node node = node("agent", machineComputer);
        agentRun = node;
        var _ = node.light("main", () -> bootAgent(node));
    }

    private void bootAgent(Node node) {
        try {
            Path data = path(node, machineComputer, "agent");
            agent = new AgentNode(this, node, machineId, machine, data, spoolBytes, keptOrders);
        } catch (IOException e) {
            fails(node, e, this::startAgent);
        }
    }

    /// A program that cannot start ends, and its service manager starts it again.
    private void fails(Node node, IOException why, Runnable again) {
        tell(node, "cannot start: " + why.getMessage());
        scheduler.at(scheduler.nanos() + RESTART_NANOS, again);
        node.kill();
    }

    /// The mobility service's program, starting or started.
    @Nullable
    Node agentRun() {
        return agentRun;
    }

    private Path path(Node node, Computer computer, String name) {
        return new FaultyFiles(new Disk(node), computer.unforced()).path(folder.resolve(name));
    }

    /// The protected machine's power fails: what was not forced to its disk may be gone.
    void machineLosesPower() {
        try {
            FaultyFiles.powerCut(machineComputer.unforced(), new Disk(new Node(scheduler, "power", machineComputer)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The disk of a program's computer.
    private final class Disk implements DiskWeather {
        private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

        private final Node node;

        Disk(Node node) {
            this.node = node;
        }

        @Override
        public Outcome next(String what) {
            if (!faults.disk()) {
                return Outcome.FINE;
            }
            Outcome outcome = OUTCOMES.get(faults.choice(OUTCOMES.size()));
            tell(node, what + ": " + outcome);
            return outcome;
        }

        @Override
        public int choice(int bound) {
            return faults.choice(bound);
        }

        @Override
        public void step(String what) {
            World.this.step(node, what);
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
        if (objects.checkpointsMade() != judgedCheckpoints) {
            judgedCheckpoints = objects.checkpointsMade();
            var _ = judge.lookAgain();
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
