package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.port.AuditWitness;
import dev.breakwater.configurationserver.port.KeyRing;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.port.Recovery;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AuditVerification.Witness;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.processserver.Assignments.VaultAccess;
import dev.breakwater.control.processserver.DurableReport.DurableSlot;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationClient.Previous;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// A configuration server with a vault in memory, that can be stopped and started again on the same folder.
final class Site implements AutoCloseable {

    static final byte[] VAULT_SECRET = Entropy.system().bytes(32);
    static final String VAULT_PLACE = "/vault";

    final Path folder;
    final Map<MachineId, List<RecoveryPoint>> points = new ConcurrentHashMap<>();
    final Map<MachineId, KeyRing.Keys> keys = new ConcurrentHashMap<>();
    final Map<UUID, String> catalog = new ConcurrentHashMap<>();
    final List<String> recovered = new CopyOnWriteArrayList<>();
    final CountDownLatch mayRecover = new CountDownLatch(1);
    final VaultId vaultId = new VaultId(UUID.randomUUID());
    final Map<String, Witness> witnesses = new ConcurrentHashMap<>();
    final Map<UUID, byte[]> screenshots = new ConcurrentHashMap<>();
    volatile boolean vaultAway;
    Duration certificateLife;
    ConfigurationServer server;

    Site(Path folder) throws IOException {
        this(folder, CertificateAuthority.USUAL_LIFE);
    }

    Site(Path folder, Duration certificateLife) throws IOException {
        this.folder = folder;
        this.certificateLife = certificateLife;
        start();
    }

    void start() throws IOException {
        server = ConfigurationServer.start(
                new Settings(
                        folder,
                        0,
                        List.of("localhost", "127.0.0.1"),
                        new VaultSecret(VAULT_SECRET),
                        "test",
                        certificateLife),
                new Ports(
                        new VaultAccess(vaultId, VAULT_PLACE, null),
                        this::keys,
                        this::points,
                        this::write,
                        new Memory(),
                        new Lab()),
                InstantSource.system(),
                Entropy.system());
    }

    void restart() throws IOException {
        server.close();
        start();
    }

    EngineAddress address() {
        return new EngineAddress("localhost", server.httpsPort());
    }

    AdminClient admin() throws IOException {
        return new AdminClient(address(), TlsIdentity.load(folder.resolve("admin")));
    }

    X509Certificate authority() throws IOException {
        return TlsIdentity.load(folder.resolve("admin")).trustedCa();
    }

    Registered machine(String name) throws Exception {
        return machine(name, null);
    }

    /// @param previous what it says that it was before; null for a newcomer
    Registered machine(String name, Previous previous) throws Exception {
        try (AdminClient admin = admin()) {
            return new RegistrationClient(
                            address(),
                            SecretKind.PASSPHRASE,
                            RegistrationProof.byPassphrase(admin.passphrase()),
                            Entropy.system())
                    .register(PeerRole.MACHINE, name, previous);
        }
    }

    Registered processServer(String name) throws Exception {
        Registered registered = new RegistrationClient(
                        address(), SecretKind.VAULT, RegistrationProof.by(VAULT_SECRET), Entropy.system())
                .register(PeerRole.PROCESS_SERVER, name, null);
        try (ProcessServerClient client = client(registered, ProcessServerClient::new)) {
            client.health(health(List.of()));
        }
        return registered;
    }

    MachineClient machineClient(Registered machine) {
        return client(machine, MachineClient::new);
    }

    ProcessServerClient serverClient(Registered server) {
        return client(server, ProcessServerClient::new);
    }

    interface Connect<C> {
        C to(EngineAddress address, TlsIdentity identity);
    }

    private <C> C client(Registered who, Connect<C> connect) {
        return connect.to(address(), who.identity());
    }

    static ProcessServerHealth health(List<ProcessServerHealth.MachineTraffic> machines) {
        return new ProcessServerHealth(
                "test",
                List.of("10.0.0.1"),
                9443,
                5.0,
                30.0,
                90,
                0,
                0,
                0L,
                null,
                true,
                machines,
                List.of(),
                new ProcessServerHealth.Counts(7_000, 1, 2, 0, 3, 4, 5),
                null);
    }

    /// A point that the vault holds from now on.
    DurableSlot durable(MachineId machine, PointId id, long slot) {
        return durable(machine, id, slot, Instant.now());
    }

    /// A point that the vault holds from now on.
    ///
    /// @param time of the point by the machine's clock
    DurableSlot durable(MachineId machine, PointId id, long slot, Instant time) {
        RecoveryPoint point = new RecoveryPoint(
                id,
                machine,
                slot,
                time,
                PointType.CRASH_CONSISTENT,
                new Hardware(Hardware.Firmware.BIOS, 1, 1 << 30, List.of(), List.of()),
                3,
                4,
                4096,
                List.of());
        points.computeIfAbsent(machine, key -> new CopyOnWriteArrayList<>()).add(point);
        return new DurableSlot(machine, slot, new UUID(1, 1), slot, point, 4096, 1024);
    }

    private KeyRing.Keys keys(MachineId machine, Collection<DiskId> disks) throws IOException {
        if (vaultAway) {
            throw new IOException("The vault is away.");
        }
        return keys.computeIfAbsent(
                machine,
                id -> new KeyRing.Keys(
                        SealingKey.of(Entropy.system().bytes(32)),
                        disks.stream()
                                .collect(Collectors.toMap(
                                        disk -> disk,
                                        disk -> SealingKey.of(Entropy.system().bytes(32))))));
    }

    private List<RecoveryPoint> points(MachineId machine, Collection<DiskId> disks) throws IOException {
        if (vaultAway) {
            throw new IOException("The vault is away.");
        }
        return new ArrayList<>(points.getOrDefault(machine, List.of()));
    }

    private void write(String kind, UUID id, byte[] document) throws IOException {
        if (vaultAway) {
            throw new IOException("The vault is away.");
        }
        catalog.put(id, kind + " " + new String(document, java.nio.charset.StandardCharsets.UTF_8));
    }

    /// The vault's memory of the audit log.
    private final class Memory implements AuditWitness {

        @Override
        public void keep(String log, Witness witness) throws IOException {
            if (vaultAway) {
                throw new IOException("The vault is away.");
            }
            witnesses.put(log, witness);
        }

        @Override
        public Optional<Witness> kept(String log) {
            return Optional.ofNullable(witnesses.get(log));
        }
    }

    /// Recovers by waiting until it may.
    private final class Lab implements Recovery {

        @Override
        public TestFailoverResult testFailover(TestOrder order, StepListener steps) throws InterruptedException {
            recovered.add("test " + order.job());
            steps.began("export-disks", "Export the disks");
            steps.began("start-machine", "Start the machine");
            mayRecover.await();
            boolean up = !"never".equals(order.probeSerial());
            return new TestFailoverResult(
                    order.point().id(),
                    up,
                    7.5,
                    9.25,
                    new TestFailoverResult.Probe("http", up, up ? "200" : "no answer", "hello"),
                    "tcg",
                    "/tmp/screen.png",
                    "/tmp/serial.log");
        }

        @Override
        public Optional<byte[]> screenshot(UUID testJob) {
            return Optional.ofNullable(screenshots.get(testJob));
        }

        @Override
        public void cleanUp(UUID testJob, MachineId machine, StepListener steps) {
            steps.began("remove-machine", "Remove the test machine");
            recovered.add("cleanup " + testJob);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
