package dev.breakwater.mobility.live;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.processserver.ControlPlane;
import dev.breakwater.processserver.ProcessServer;
import dev.breakwater.processserver.ProcessServerSettings;
import dev.breakwater.processserver.StoredMachineVaults;
import dev.breakwater.processserver.machine.Serving;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A vault in a folder, a certificate authority and real process servers over mutual TLS, for one machine.
final class LiveSite implements AutoCloseable {

    final MachineId machine = new MachineId(UUID.randomUUID());
    private final CertificateAuthority authority = CertificateAuthority.create("site", Instant.now());
    private final VaultId vault = new VaultId(UUID.randomUUID());
    private final Path folder;
    private final TlsIdentity machineIdentity;
    private final FolderStore store;
    private final Assignments assignments;
    private final Map<Integer, ProcessServer> running = new HashMap<>();
    private final Map<Integer, ReplicationTarget> targets = new HashMap<>();

    LiveSite(Path folder, List<ProtectedDisk> disks) throws Exception {
        this.folder = folder;
        this.machineIdentity =
                authority.newIdentity(new PeerName(PeerRole.MACHINE, machine.uuid()), List.of(), Instant.now());
        this.store = FolderStore.create(folder.resolve("vault"), Entropy.system());
        Map<DiskId, SealingKey> keys = new HashMap<>();
        disks.forEach(disk -> keys.put(disk.id(), SealingKey.of(Entropy.system().bytes(32))));
        var assignment = new Assignments.Assignment(
                machine,
                "live",
                1,
                disks.stream()
                        .map(disk -> new DiskDescription(disk.id(), disk.device(), disk.sizeBytes(), false))
                        .toList(),
                SealingKey.of(Entropy.system().bytes(32)),
                keys,
                ReplicationPolicy.DEFAULT,
                List.of(machineIdentity.fingerprint()),
                1);
        this.assignments = new Assignments(
                1, new Assignments.VaultAccess(vault, folder.resolve("vault").toString(), null), List.of(assignment));
    }

    TlsIdentity machineIdentity() {
        return machineIdentity;
    }

    /// Starts a process server, or starts it again on the same port.
    ReplicationTarget start(int number) throws Exception {
        var known = targets.get(number);
        var id = known == null ? new ProcessServerId(UUID.randomUUID()) : known.id();
        var identity = authority.newIdentity(
                new PeerName(PeerRole.PROCESS_SERVER, id.uuid()), List.of("localhost"), Instant.now());
        var server = ProcessServer.start(
                ProcessServerSettings.usual(
                        "test",
                        new LiveIdentity(identity),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), known == null ? 0 : known.port()),
                        List.of("127.0.0.1"),
                        folder.resolve("cache-" + number)),
                new Plane(),
                access -> StoredMachineVaults.on(
                        store, access.id(), Entropy.system(), InstantSource.system(), Threads.system()),
                System::nanoTime);
        running.put(number, server);
        var target =
                new ReplicationTarget(id, List.of("127.0.0.1"), server.address().getPort(), number);
        targets.put(number, target);
        return target;
    }

    void stop(int number) {
        running.remove(number).close();
    }

    MachineReader reader() throws Exception {
        return MachineReader.open(new MachineVault(
                store, vault, Serving.keys(assignments.machines().getFirst())));
    }

    @Override
    public void close() {
        running.values().forEach(ProcessServer::close);
    }

    private final class Plane implements ControlPlane {
        @Override
        public Assignments assignments(long knownVersion) throws InterruptedException {
            if (knownVersion == assignments.version()) {
                Thread.sleep(1000);
            }
            return assignments;
        }

        @Override
        public void health(ProcessServerHealth health) {}

        @Override
        public void durable(DurableReport report) {}

        @Override
        public void close() {}
    }
}
