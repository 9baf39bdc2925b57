package dev.breakwater.launcher.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A vault, an engine and mobility services, each its own process, in one folder.
final class Deployment implements AutoCloseable {

    static final String LAUNCHER = "dev.breakwater.launcher.Main";
    static final String AGENT = "dev.breakwater.mobility.Main";
    private static final String THIS_COMPUTER = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int httpsPort = freePort();
    private final int replicationPort = freePort();
    /// Programs are started again from another thread.
    private final List<Subprocess> running = new CopyOnWriteArrayList<>();
    private final Set<String> machines = new LinkedHashSet<>();
    private final Map<String, Path> agentFolders = new HashMap<>();
    private final List<String> agentOptions = new ArrayList<>();
    private final AtomicInteger commands = new AtomicInteger();
    private List<String> aroundServers = List.of();
    private List<String> aroundMachines = List.of();
    private String host = THIS_COMPUTER;
    private Function<String, List<String>> javaOptions = _ -> List.of();

    private Deployment(Path folder) {
        this.folder = folder;
    }

    /// Creates the vault; nothing runs yet.
    static Deployment create(Path folder) throws IOException {
        Deployment deployment = new Deployment(folder);
        JsonNode vault = deployment.command(
                "vault", "create", "--location", deployment.vault().toString(), "--json");
        Files.writeString(deployment.recoveryKey(), vault.get("recoveryKey").asText());
        return deployment;
    }

    Path vault() {
        return folder.resolve("vault");
    }

    Path recoveryKey() {
        return folder.resolve("recovery.key");
    }

    Path engineData() {
        return folder.resolve("engine");
    }

    Path agentData(String machine) {
        return agentFolders.getOrDefault(machine, folder.resolve("agent-" + machine));
    }

    /// Puts a machine's data elsewhere; to be called before it is registered.
    ///
    /// @param options for its mobility services
    void agentData(String machine, Path data, String... options) {
        agentFolders.put(machine, data);
        agentOptions.addAll(List.of(options));
    }

    /// Options of the Java that a program runs in, asked for at each of its starts; by the name of its folder,
    /// `registration` or `end-of-registration`.
    void javaOptions(Function<String, List<String>> options) {
        javaOptions = options;
    }

    Path folder() {
        return folder;
    }

    String server() {
        return host + ":" + httpsPort;
    }

    /// Puts what starts from now on into surroundings of its own: a network, a clock.
    ///
    /// @param servers words before the command of a server, and of its administrator
    /// @param machines words before the command of a mobility service
    /// @param address at which machines reach the servers
    void surround(List<String> servers, List<String> machines, String address) {
        aroundServers = List.copyOf(servers);
        aroundMachines = List.copyOf(machines);
        host = address;
    }

    private List<String> around(String mainClass) {
        return mainClass.equals(AGENT) ? aroundMachines : aroundServers;
    }

    int replicationPort() {
        return replicationPort;
    }

    /// Starts the engine with all roles and waits until it answers.
    ///
    /// @param more options
    Subprocess startEngine(String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--vault",
                vault().toString(),
                "--recovery-key-file",
                recoveryKey().toString(),
                "--https-port",
                String.valueOf(httpsPort),
                "--replication-port",
                String.valueOf(replicationPort)));
        if (!host.equals(THIS_COMPUTER)) {
            options.addAll(List.of("--host", host));
        }
        options.addAll(List.of(more));
        Subprocess engine = startEngine(engineData(), options.toArray(String[]::new));
        awaitEngine(engine);
        return engine;
    }

    /// Starts an engine that is the configuration server and nothing else, and waits until it answers.
    Subprocess startConfigurationServer() {
        Subprocess engine = launchConfigurationServer();
        awaitEngine(engine);
        return engine;
    }

    /// Starts an engine that is the configuration server and nothing else, and does not wait.
    Subprocess launchConfigurationServer() {
        return startEngine(
                engineData(),
                "--roles",
                "configuration-server",
                "--vault",
                vault().toString(),
                "--recovery-key-file",
                recoveryKey().toString(),
                "--https-port",
                String.valueOf(httpsPort));
    }

    /// Starts an engine that is a process server of the configuration server and nothing else.
    Subprocess startProcessServer(String name, int port) {
        return startEngine(
                folder.resolve(name),
                "--roles",
                "process-server",
                "--server",
                server(),
                "--vault",
                vault().toString(),
                "--recovery-key-file",
                recoveryKey().toString(),
                "--replication-port",
                String.valueOf(port),
                "--name",
                name);
    }

    /// Starts an engine process with other options and does not wait.
    Subprocess startEngine(Path data, String... options) {
        List<String> arguments = new ArrayList<>(List.of("engine", "run", "--data", data.toString()));
        arguments.addAll(List.of(options));
        String name = data.getFileName().toString();
        Subprocess engine = Subprocess.startJava(
                folder.resolve(name + ".log"), aroundServers, javaOptions.apply(name), LAUNCHER, arguments);
        running.add(engine);
        return engine;
    }

    private void awaitEngine(Subprocess engine) {
        Waiting.until(
                "the engine answers",
                Duration.ofSeconds(60),
                () -> {
                    if (!engine.alive()) {
                        throw new AssertionError("The engine ended: " + engine.tail());
                    }
                    return exitOf("engine", "status", "--data", engineData().toString()) == 0;
                },
                engine::tail);
    }

    /// Registers a machine under a name and starts its mobility service.
    Subprocess startAgent(String machine) throws IOException {
        if (!Files.exists(agentData(machine)) && !register(machine)) {
            throw new AssertionError("Registration failed, see " + folder + "/command-" + commands + ".log");
        }
        return restartAgent(machine);
    }

    /// Registers a machine under a name.
    ///
    /// @return whether that succeeded
    boolean register(String machine) {
        Path passphrase = folder.resolve("passphrase");
        try {
            Files.writeString(passphrase, passphrase());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program(
                        javaOptions.apply("registration"),
                        AGENT,
                        "register",
                        "--server",
                        server(),
                        "--passphrase-file",
                        passphrase.toString(),
                        "--name",
                        machine,
                        "--data",
                        agentData(machine).toString())
                .succeeded();
    }

    /// Ends the registration of a machine whose mobility service does not run.
    ///
    /// @return whether that succeeded
    boolean unregister(String machine) {
        return program(
                        javaOptions.apply("end-of-registration"),
                        AGENT,
                        "unregister",
                        "--data",
                        agentData(machine).toString())
                .succeeded();
    }

    /// Starts the mobility service of a machine that is registered.
    Subprocess restartAgent(String machine) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--data", agentData(machine).toString()));
        arguments.addAll(agentOptions);
        String name = "agent-" + machine;
        Subprocess agent = Subprocess.startJava(
                folder.resolve(name + ".log"), aroundMachines, javaOptions.apply(name), AGENT, arguments);
        running.add(agent);
        machines.add(machine);
        return agent;
    }

    /// Runs a command of the engine's administrator that prints JSON, and fails the test if it does not succeed.
    JsonNode admin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", engineData().toString(), "--json"));
        return command(all.toArray(String[]::new));
    }

    /// Orders protection with these options, once a process server has been heard that can take the machine.
    JsonNode protect(String... options) {
        Waiting.until(
                "a process server has been heard",
                Duration.ofSeconds(60),
                () -> admin("process-servers", "list").findValues("figures").stream()
                        .anyMatch(JsonNode::isObject),
                () -> admin("process-servers", "list").toPrettyString());
        List<String> all = new ArrayList<>(List.of("machines", "protect"));
        all.addAll(List.of(options));
        return admin(all.toArray(String[]::new));
    }

    /// Runs a command of the engine's administrator that must fail, and returns what it said.
    String refusal(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", engineData().toString()));
        CommandRun done = program(LAUNCHER, all.toArray(String[]::new));
        if (done.succeeded()) {
            throw new AssertionError("breakwater " + String.join(" ", arguments) + " succeeded: " + done.tail());
        }
        return done.text();
    }

    /// Runs a command that reads the vault with the recovery key and prints JSON; needs no engine.
    JsonNode vaultCommand(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--location",
                vault().toString(),
                "--recovery-key-file",
                recoveryKey().toString(),
                "--json"));
        return command(all.toArray(String[]::new));
    }

    /// Runs a command that prints JSON.
    JsonNode command(String... arguments) {
        CommandRun done = program(LAUNCHER, arguments);
        if (!done.succeeded()) {
            throw new AssertionError("breakwater " + String.join(" ", arguments) + ": " + done.tail());
        }
        try {
            String text = done.text();
            return JSON.readTree(text.substring(Math.max(0, Math.min(indexOf(text, '{'), indexOf(text, '[')))));
        } catch (IOException e) {
            throw new UncheckedIOException(done.text(), e);
        }
    }

    private static int indexOf(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? text.length() : index;
    }

    /// What machines register with, as it is shown to an administrator.
    String passphrase() {
        return program(LAUNCHER, "engine", "passphrase", "--data", engineData().toString())
                .text()
                .strip();
    }

    /// Runs a command for its exit status only.
    int exitOf(String... arguments) {
        return program(LAUNCHER, arguments).exit();
    }

    private CommandRun program(String mainClass, String... arguments) {
        return program(List.of(), mainClass, arguments);
    }

    /// In a process of its own only if it needs surroundings or options of its own.
    private CommandRun program(List<String> options, String mainClass, String... arguments) {
        Path output = folder.resolve("command-" + commands.incrementAndGet() + ".log");
        List<String> around = around(mainClass);
        if (!around.isEmpty() || !options.isEmpty()) {
            return CommandRun.of(Subprocess.startJava(output, around, options, mainClass, List.of(arguments)));
        }
        return mainClass.equals(AGENT)
                ? CommandRun.ofMobilityService(output, arguments)
                : CommandRun.ofEngine(output, arguments);
    }

    /// A TCP port that is free at this moment.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Subprocess process : running.reversed()) {
            process.stop();
        }
        running.clear();
        machines.forEach(this::forget);
        machines.clear();
    }

    /// A mobility service that ends leaves its tracking to its successor; here none will come.
    private void forget(String machine) {
        if (!Files.exists(agentData(machine).resolve("registration.json"))) {
            return;
        }
        List<Path> traces = traces(machine);
        agent("unregister", "--local", "--data", agentData(machine).toString());
        for (Path trace : traces) {
            if (Files.exists(trace)) {
                throw new AssertionError(trace + " is left behind");
            }
        }
    }

    /// What the tracking of a machine may leave on this computer: in the kernel, and in the first of two
    /// folders that is in memory.
    List<Path> traces(String machine) {
        try {
            String id = JSON.readTree(
                            agentData(machine).resolve("registration.json").toFile())
                    .get("machine")
                    .asText();
            return List.of(
                    Path.of("/sys/kernel/tracing/instances", "breakwater-" + id),
                    Path.of("/run/breakwater", id),
                    Path.of("/dev/shm/breakwater", id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command of the mobility service, and fails the test if it does not succeed.
    void agent(String... arguments) {
        CommandRun done = program(AGENT, arguments);
        if (!done.succeeded()) {
            throw new AssertionError("agent " + String.join(" ", arguments) + ": " + done.tail());
        }
    }
}
