package dev.breakwater.simulation;

import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.mobility.registration.AgentFolder;
import dev.breakwater.mobility.registration.AgentFolder.Registration;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A machine and a process server register with a configuration server that starts for the first time; certificates
/// are used, renewed, end, and are fetched anew; the passphrase is replaced, a key is lost, the whole configuration
/// server is lost, the registration ends. Who dies loses its computer's power too.
final class RegistrationStory implements KillPoints.Story {

    /// Two thirds of a certificate's life, and some.
    private static final Duration RENEWAL_DUE = Duration.ofDays(21);

    private static final Duration ENDED = Duration.ofDays(31);

    private final boolean badWeather;

    /// @param badWeather whether network and disks fail too
    RegistrationStory(boolean badWeather) {
        this.badWeather = badWeather;
    }

    @Override
    public void begin(World world) {
        // The programs are commands, and the server's authority must be started with it: see below.
    }

    @Override
    public void tell(World world, Node outside) throws InterruptedException, IOException {
        new Telling(world, new RegistrationPrograms(world, outside)).tell();
    }

    private record Part(String name, Act act) {}

    private interface Act {
        void happen() throws InterruptedException, IOException;
    }

    /// One time that the story is told.
    private final class Telling {
        private final World world;
        private final RegistrationPrograms programs;
        private String passphrase = "";
        private @Nullable MachineId first;
        private @Nullable UUID server;

        Telling(World world, RegistrationPrograms programs) {
            this.world = world;
            this.programs = programs;
        }

        private List<Part> parts() {
            return List.of(
                    new Part("first start of the configuration server", this::start),
                    new Part("registration", this::register),
                    new Part("first use", programs::use),
                    new Part("registration anew", this::registerAnew),
                    new Part("renewal", this::renew),
                    new Part("another passphrase", this::rotate),
                    new Part("process server", this::registerServer),
                    new Part("ended certificates", this::end),
                    new Part("lost key", this::loseKey),
                    new Part("lost configuration server", this::loseControl),
                    new Part("end of registration", this::unregister));
        }

        void tell() throws InterruptedException, IOException {
            for (Part part : parts()) {
                boolean mended = world.deaths().happened();
                world.deaths().phase(part.name());
                if (badWeather) {
                    world.faults().begin();
                }
                part.act().happen();
                world.faults().stop();
                if (mended) {
                    // What follows a death has gone well in one more part; the others need not be told again.
                    return;
                }
            }
        }

        private void start() throws InterruptedException {
            world.startControl();
            passphrase = programs.passphrase();
        }

        private void register() throws InterruptedException, IOException {
            programs.register(passphrase);
            first = registeredOnce(world, programs);
        }

        private void registerAnew() throws InterruptedException, IOException {
            programs.register(passphrase);
            expect(first, registeredOnce(world, programs));
            programs.use();
        }

        private void renew() throws InterruptedException {
            world.scheduler().skip(RENEWAL_DUE.toNanos());
            programs.renew();
            programs.use();
        }

        private void rotate() throws InterruptedException, IOException {
            String old = passphrase;
            passphrase = programs.rotatePassphrase();
            programs.cannotRegister(old);
            programs.register(passphrase);
            expect(first, registeredOnce(world, programs));
        }

        private void registerServer() throws InterruptedException {
            server = programs.registerServer();
        }

        private void end() throws InterruptedException, IOException {
            world.scheduler().skip(ENDED.toNanos());
            expect(server, programs.registerServer());
            programs.register(passphrase);
            programs.use();
            expect(first, registeredOnce(world, programs));
        }

        private void loseKey() throws InterruptedException, IOException {
            Files.delete(programs.agent().identityFolder().resolve("identity.pem"));
            programs.cannotRegister(passphrase);
            programs.admit();
            programs.register(passphrase);
            programs.use();
            expect(first, registeredOnce(world, programs));
        }

        private void loseControl() throws InterruptedException, IOException {
            world.replaceControl();
            passphrase = programs.passphrase();
            programs.register(passphrase);
            programs.use();
            expect(first, registeredOnce(world, programs));
        }

        private void unregister() throws InterruptedException, IOException {
            programs.unregister();
            nothingIsLeft(world, programs);
            programs.register(passphrase);
            programs.use();
            if (registeredOnce(world, programs).equals(first)) {
                throw new AssertionError("A machine whose registration has ended got its identity back");
            }
        }
    }

    private static void expect(@Nullable Object wanted, Object found) {
        if (!found.equals(wanted)) {
            throw new AssertionError("The identity should have stayed " + wanted + ", and is " + found);
        }
    }

    /// There is one machine of that name, with the identity and the certificate that the machine's folder has, and
    /// nothing half-written in it.
    private static MachineId registeredOnce(World world, RegistrationPrograms programs) throws IOException {
        world.faults().stop();
        AgentFolder folder = programs.agent();
        Registration registration = folder.requireRegistration();
        TlsIdentity identity = TlsIdentity.load(folder.identityFolder());
        List<MachineRow> rows = programs.authority().conductor().database().read(MachineTable::all).stream()
                .filter(row -> row.name().equals(RegistrationPrograms.MACHINE))
                .toList();
        if (rows.size() != 1
                || !rows.getFirst().id().equals(registration.machine())
                || !identity.name()
                        .orElseThrow()
                        .id()
                        .equals(registration.machine().uuid())) {
            throw new AssertionError("The machine has " + registration + " and " + identity + ", the server " + rows);
        }
        String shown = identity.fingerprint();
        boolean good = programs.authority()
                .conductor()
                .database()
                .read(tx -> CertificateTable.standing(
                        tx,
                        new PeerName(PeerRole.MACHINE, registration.machine().uuid())))
                .filter(standing -> standing.good().contains(shown))
                .isPresent();
        if (!good) {
            throw new AssertionError("The server does not take the certificate that the machine's folder has");
        }
        nothingHalfDone(folder.path());
        if (programs.authority().conductor().database().read(ProcessServerTable::all).stream()
                        .filter(row -> row.name().equals(RegistrationPrograms.SERVER))
                        .count()
                > 1) {
            throw new AssertionError("The process server is registered twice");
        }
        return registration.machine();
    }

    private static void nothingHalfDone(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            List<Path> drafts =
                    files.filter(file -> file.toString().endsWith(".new")).toList();
            if (!drafts.isEmpty()) {
                throw new AssertionError("Half-written files are left: " + drafts);
            }
        }
    }

    private static void nothingIsLeft(World world, RegistrationPrograms programs) throws IOException {
        world.faults().stop();
        try (var files = Files.walk(programs.agent().path())) {
            List<Path> left = files.filter(Files::isRegularFile).toList();
            if (!left.isEmpty()) {
                throw new AssertionError("The end of the registration has left " + left);
            }
        }
        if (programs.authority().conductor().database().read(MachineTable::all).stream()
                .anyMatch(row -> row.name().equals(RegistrationPrograms.MACHINE))) {
            throw new AssertionError("The configuration server still knows the machine");
        }
    }
}
