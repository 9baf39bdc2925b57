package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import dev.breakwater.processserver.machine.Serving;
import dev.breakwater.processserver.upload.UploadLimits;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.transport.Destination;
import dev.breakwater.wire.transport.ReplicationClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A vault in a folder, an authority, and any number of process servers and machines around them.
final class Site {

    static final UploadLimits SMALL_UPLOADS =
            new UploadLimits(4 << 20, 0, 2, Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(100));

    private static final Rhythm QUICK = new Rhythm(
            Duration.ofMillis(200),
            Duration.ofMillis(600),
            Duration.ofHours(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    final CertificateAuthority authority = CertificateAuthority.create("site", Instant.now());
    final VaultId vault = new VaultId(UUID.randomUUID());
    final TestControlPlane control = new TestControlPlane();
    final StoreGate store;
    private final Path folder;
    private final List<AutoCloseable> started = new ArrayList<>();
    private long version;

    Site(Path folder) throws Exception {
        this.folder = folder;
        this.store = new StoreGate(FolderStore.create(folder.resolve("vault"), Entropy.system()));
    }

    /// A process server with its address.
    record Running(ProcessServer server, Destination destination) {}

    Running start(UploadLimits uploads) throws Exception {
        return start(uploads, control);
    }

    Running start(UploadLimits uploads, ControlPlane controlPlane) throws Exception {
        return start(uploads, controlPlane, QUICK);
    }

    Running start(UploadLimits uploads, ControlPlane controlPlane, Rhythm rhythm) throws Exception {
        var id = new ProcessServerId(UUID.randomUUID());
        var identity = authority.newIdentity(
                new PeerName(PeerRole.PROCESS_SERVER, id.uuid()), List.of("localhost"), Instant.now());
        ProcessServer server = ProcessServer.start(
                new ProcessServerSettings(
                        "test",
                        new LiveIdentity(identity),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of("127.0.0.1"),
                        folder.resolve("cache-" + id),
                        uploads,
                        ProcessServerSettings.USUAL_WINDOW_BYTES,
                        ProcessServerSettings.USUAL_SEGMENT_BYTES,
                        rhythm),
                controlPlane,
                access -> StoredMachineVaults.on(
                        store, access.id(), Entropy.system(), InstantSource.system(), Threads.system()),
                System::nanoTime,
                InstantSource.system());
        started.add(server);
        return new Running(server, new Destination("127.0.0.1", server.address().getPort(), id));
    }

    /// Assigns exactly these machines.
    void assign(Machine... machines) {
        control.order(assignments(machines));
    }

    Assignments assignments(Machine... machines) {
        version++;
        return new Assignments(
                version,
                new Assignments.VaultAccess(vault, folder.resolve("vault").toString(), null),
                List.of(machines).stream().map(Machine::assignment).toList());
    }

    /// A machine with one disk, as the configuration server and the machine itself know it.
    final class Machine {
        final MachineId id = new MachineId(UUID.randomUUID());
        final DiskId disk = new DiskId(UUID.randomUUID());
        final UUID incarnation = UUID.randomUUID();
        final long diskBytes;
        final ReplicationClient client;
        final TlsIdentity identity;
        private final SealingKey machineKey = SealingKey.of(Entropy.system().bytes(32));
        long newestSlot;
        ReplicationPolicy policy = ReplicationPolicy.DEFAULT;
        private final SealingKey diskKey = SealingKey.of(Entropy.system().bytes(32));

        Machine(long diskBytes) {
            this.diskBytes = diskBytes;
            this.identity = authority.newIdentity(new PeerName(PeerRole.MACHINE, id.uuid()), List.of(), Instant.now());
            this.client = new ReplicationClient(identity);
            started.add(client);
        }

        Assignments.Assignment assignment() {
            return new Assignments.Assignment(
                    id,
                    "machine-" + id.toString().substring(0, 4),
                    1,
                    List.of(description()),
                    machineKey,
                    Map.of(disk, diskKey),
                    policy,
                    List.of(identity.fingerprint()),
                    1,
                    newestSlot);
        }

        private DiskDescription description() {
            return new DiskDescription(disk, "/dev/sda", diskBytes, true);
        }

        Message.Hello hello(long nextGeneration) {
            return new Message.Hello(
                    Protocol.VERSION,
                    id,
                    incarnation,
                    List.of(new Message.Hello.Disk(disk, diskBytes)),
                    nextGeneration);
        }

        Optional<Message.PointMetadata> point() {
            return Optional.of(new Message.PointMetadata(
                    new PointId(UUID.randomUUID()),
                    PointType.CRASH_CONSISTENT,
                    Instant.now(),
                    new Hardware(Hardware.Firmware.BIOS, 2, 1L << 30, List.of(), List.of(description())),
                    12,
                    34,
                    List.of("active swap is left out")));
        }

        MachineReader reader() throws Exception {
            return MachineReader.open(new MachineVault(store, vault, Serving.keys(assignment())));
        }

        byte[] contentAt(PointId point) throws Exception {
            try (MachineReader reader = reader();
                    ReadableDisk opened = reader.disk(point, disk)) {
                assertThat(opened.sizeBytes()).isEqualTo(diskBytes);
                ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(diskBytes));
                opened.read(0, target);
                return target.array();
            }
        }
    }

    /// Stops everything.
    void stop() throws Exception {
        store.open();
        for (AutoCloseable each : started.reversed()) {
            each.close();
        }
    }
}
