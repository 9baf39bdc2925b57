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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Everything that there is in one run: computers with their programs, the network, the vault, the clock.
final class World implements AutoCloseable {

    static final String LOCATION = "/simulated";
    static final String MACHINE_NAME = "protected";

    private static final String CONTROL_FOLDER = "control";

    /// What the simulated network does not ask for.
    static final LiveIdentity NO_IDENTITY = new LiveIdentity(Template.identity());

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
    private final Deaths deaths;
    private final Map<Node, Runnable> commands = new HashMap<>();
    private ControlBoot controlBoot = (_, _, _) -> {};

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
        deaths = new Deaths(scheduler);
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

    /// The folders of all programs, past all faults.
    Path folder() {
        return folder;
    }

    Computer controlComputer() {
        return controlComputer;
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
        if (again != null) {
            deaths.step(node, what, again);
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
        return commands.get(node);
    }

    /// A program that no service manager starts again.
    ///
    /// @param dead what happens after its death
    void command(Node node, Runnable dead) {
        commands.put(node, dead);
    }

    /// Where programs may die, and where one does.
    Deaths deaths() {
        return deaths;
    }

    /// What else a configuration server does at its start.
    interface ControlBoot {
        void start(Node node, Path folder, ControlNode control) throws IOException;
    }

    /// Has configuration servers do this too at their start.
    void whenControlStarts(ControlBoot boot) {
        controlBoot = boot;
    }

    void startControl() {
        closeDatabase();
        Node node = node("control", controlComputer);
        var _ = node.light("main", () -> bootControl(node));
        controlRun = node;
    }

    private void closeDatabase() {
        if (controlNode != null) {
            controlNode.database().close();
            controlNode = null;
        }
    }

    private Path database() {
        return folder.resolve("configuration.db");
    }

    /// The configuration server's computer is gone; a new one takes its place, and knows nothing.
    void replaceControl() throws IOException {
        if (controlRun != null) {
            controlRun.kill();
        }
        closeDatabase();
        Files.write(database(), Template.database());
        deleteAll(folder.resolve(CONTROL_FOLDER));
        controlComputer.unforced().clear();
        startControl();
    }

    private void bootControl(Node node) {
        try {
            while (controlNode == null) {
                try {
                    var store = new SimulatedStore(this, node, objects);
                    var started = new ControlNode(this, node, database(), vault(store));
                    controlNode = started;
                    controlBoot.start(node, path(node, controlComputer, CONTROL_FOLDER), started);
                    started.conductor().start();
                    control.listen(node, started.conductor());
                } catch (IOException e) {
                    tell(node, "cannot start: " + e.getMessage());
                    closeDatabase();
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
        scheduler.at(scheduler.nanos() + Deaths.RESTART_NANOS, again);
        node.kill();
    }

    /// The mobility service's program, starting or started.
    @Nullable
    Node agentRun() {
        return agentRun;
    }

    /// A path of a computer, as a program there sees it.
    Path path(Node node, Computer computer, String name) {
        return new FaultyFiles(new Disk(node), computer.unforced()).path(folder.resolve(name));
    }

    /// The protected machine's power fails.
    void machineLosesPower() {
        losesPower(machineComputer);
    }

    /// A computer's power fails: what was not forced to its disk may be gone.
    void losesPower(Computer computer) {
        try {
            FaultyFiles.powerCut(computer.unforced(), new Disk(new Node(scheduler, "power", computer)));
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
            judge.lookAgainByTurns();
        }
    }

    @Override
    public void close() throws IOException {
        closeDatabase();
        deleteAll(folder);
    }

    private static void deleteAll(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
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
