package dev.breakwater.simulation;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.registration.CertificateRenewer;
import dev.breakwater.control.registration.ChallengeAnswer;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.control.registration.RegistrationTransport;
import dev.breakwater.control.registration.Renewal;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.mobility.registration.AgentFolder;
import dev.breakwater.mobility.registration.Registrar;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.simulation.Node.Computer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The programs of a registration: what administrators run on a machine and at the configuration server, and what a
/// process server does at its start. Each is the real code, run again by its administrator until it has succeeded.
final class RegistrationPrograms {

    static final String MACHINE = "newcomer";
    static final String SERVER = "server3";

    private static final EngineAddress ADDRESS = new EngineAddress("host", 443);

    private static final Duration RETRY = Duration.ofSeconds(4);

    /// Far longer than a program takes that asks some times and waits for answers.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// From then on nothing fails any more but what a death has spoilt.
    private static final int TRIES_IN_BAD_WEATHER = 5;

    private static final int TRIES = TRIES_IN_BAD_WEATHER + 5;

    private final World world;
    private final Node outside;
    private final Computer machine = new Computer();
    private final Computer server = new Computer();
    private final Computer desk = new Computer();
    private @Nullable Authority authority;
    private @Nullable IOException refused;

    RegistrationPrograms(World world, Node outside) {
        this.world = world;
        this.outside = outside;
        world.whenControlStarts((node, folder, control) -> {
            world.losesPower(world.controlComputer());
            authority = Authority.start(world, node, folder, control);
        });
    }

    /// What a program does.
    private interface Work {
        void run(Node node) throws IOException, InterruptedException;
    }

    Authority authority() {
        Authority there = authority;
        if (there == null) {
            throw new IllegalStateException("no configuration server has started yet");
        }
        return there;
    }

    /// The machine's folder, as one sees it who looks from outside.
    AgentFolder agent() {
        return new AgentFolder(world.folder().resolve(MACHINE));
    }

    private AgentFolder agent(Node node) {
        return new AgentFolder(world.path(node, machine, MACHINE));
    }

    /// Shows the passphrase.
    String passphrase() throws InterruptedException {
        String[] shown = new String[1];
        insist(
                "show passphrase",
                desk,
                node -> shown[0] = world.control()
                        .call(
                                node,
                                "passphrase",
                                _ -> authority().registrations().passphrase()));
        return shown[0];
    }

    /// Draws another one.
    String rotatePassphrase() throws InterruptedException {
        String[] drawn = new String[1];
        insist(
                "rotate passphrase",
                desk,
                node -> drawn[0] = world.control()
                        .call(
                                node,
                                "another passphrase",
                                _ -> authority().registrations().rotatePassphrase()));
        return drawn[0];
    }

    /// Allows the machine to register without its key.
    void admit() throws InterruptedException {
        insist("admit", desk, node -> {
            boolean _ = world.control().call(node, "admission", _ -> {
                authority().revocations().admitMachine(MACHINE);
                return true;
            });
        });
    }

    /// Registers the machine.
    void register(String passphrase) throws InterruptedException {
        insist("register", machine, registering(passphrase));
    }

    private Work registering(String passphrase) {
        return node -> {
            var _ = new Registrar(agent(node))
                    .register(client(node, SecretKind.PASSPHRASE, RegistrationProof.byPassphrase(passphrase)), MACHINE);
        };
    }

    /// Makes sure that the machine is not registered.
    void cannotRegister(String passphrase) throws InterruptedException {
        world.faults().stop();
        for (int i = 0; i < TRIES; i++) {
            refused = null;
            if (once("register in vain", machine, registering(passphrase))) {
                throw new AssertionError("A machine could register that must not");
            }
            // Who does not know the passphrase finds that the server knows another one, and goes no further.
            if ((refused instanceof ControlException answer && answer.status() < 500)
                    || String.valueOf(refused).contains("could not prove that it")) {
                return;
            }
            outside.sleep(RETRY);
        }
        throw new AssertionError("The machine was to be refused, and was not even answered", refused);
    }

    /// Does what the mobility service does first: shows its certificate.
    void use() throws InterruptedException {
        insist("service", machine, node -> {
            AgentFolder folder = agent(node);
            MachineId registered = folder.requireRegistration().machine();
            TlsIdentity identity = TlsIdentity.load(folder.identityFolder());
            MachineId known = as(node, identity, "orders", caller -> new MachineId(caller.id()));
            if (!known.equals(registered)) {
                throw new AssertionError("The machine is " + registered + ", and is taken for " + known);
            }
        });
    }

    /// Has the mobility service renew its certificate.
    void renew() throws InterruptedException {
        insist("service", machine, node -> {
            Path folder = agent(node).identityFolder();
            var identity = new LiveIdentity(TlsIdentity.load(folder));
            new CertificateRenewer(identity, folder, () -> renewed(node, identity.now()), node.clock()).look();
            if (identity.now().renewalDue(node.clock().instant())) {
                throw new IOException("the certificate was not renewed");
            }
        });
    }

    private TlsIdentity renewed(Node node, TlsIdentity present) throws IOException, InterruptedException {
        CertificateRequest request = CertificateRequest.draw();
        String csr = Base64.getEncoder().encodeToString(request.encoded());
        RegistrationAnswer answer = as(
                node, present, "renewal", caller -> authority().registrations().renew(caller, csr));
        return Renewal.identity(request, answer, present.trustedCa());
    }

    /// Ends the machine's registration.
    void unregister() throws InterruptedException {
        insist("unregister", machine, node -> {
            var registrar = new Registrar(agent(node));
            if (registrar.folder().registration().isPresent()) {
                registrar.unregister((_, identity) -> ended(node, identity), () -> {});
            }
        });
    }

    private void ended(Node node, TlsIdentity identity) throws IOException, InterruptedException {
        try {
            boolean _ = as(node, identity, "end of registration", caller -> {
                authority().conductor().machines().unregister(new MachineId(caller.id()));
                return true;
            });
        } catch (ControlException e) {
            if (!MachineClient.registrationHasEnded(e)) {
                throw e;
            }
        }
    }

    /// Starts a process server, which registers if it must, and shows its certificate.
    UUID registerServer() throws InterruptedException {
        UUID[] id = new UUID[1];
        insist("process server", server, node -> {
            Path folder = world.path(node, server, SERVER);
            TlsIdentity identity = client(node, SecretKind.VAULT, RegistrationProof.by(Authority.VAULT_SECRET))
                    .keptOrRegistered(
                            folder,
                            PeerRole.PROCESS_SERVER,
                            SERVER,
                            node.clock().instant());
            id[0] = as(node, identity, "assignments", PeerName::id);
        });
        return id[0];
    }

    private RegistrationClient client(Node node, SecretKind kind, RegistrationProof proof) {
        return new RegistrationClient(ADDRESS, kind, proof, world.entropy(), new Transport(node));
    }

    private final class Transport implements RegistrationTransport {
        private final Node node;

        Transport(Node node) {
            this.node = node;
        }

        @Override
        public ChallengeAnswer challenge(ChallengeRequest request) throws IOException, InterruptedException {
            return world.control()
                    .call(node, "challenge", _ -> authority().registrations().challenge(request));
        }

        @Override
        public RegistrationAnswer register(RegistrationRequest request, X509Certificate ca)
                throws IOException, InterruptedException {
            return world.control().call(node, "registration", _ -> {
                if (!authority().certificates().certificate().equals(ca)) {
                    throw new IOException("the caller does not believe this server");
                }
                return authority().registrations().register(request);
            });
        }
    }

    /// What a registered program may ask.
    private interface Request<T> {
        T handle(PeerName caller) throws Exception;
    }

    private <T> T as(Node node, TlsIdentity identity, String what, Request<T> request)
            throws IOException, InterruptedException {
        return world.control().call(node, what, _ -> request.handle(authority().caller(identity)));
    }

    /// Runs a program again and again until it succeeds. Bad weather passes.
    private void insist(String name, Computer computer, Work work) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            if (i == TRIES_IN_BAD_WEATHER) {
                world.faults().stop();
            }
            if (once(name, computer, work)) {
                return;
            }
            outside.sleep(RETRY);
        }
        throw new AssertionError("The program \"" + name + "\" does not succeed any more", refused);
    }

    private boolean once(String name, Computer computer, Work work) throws InterruptedException {
        Node node = world.node(name, computer);
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        world.command(node, () -> {
            world.losesPower(computer);
            end.complete(false);
        });
        var _ = node.light("main", () -> {
            try {
                work.run(node);
                end.complete(true);
            } catch (IOException e) {
                world.tell(node, "fails: " + e.getMessage());
                refused = e;
                end.complete(false);
            } catch (InterruptedException | RuntimeException | Error e) {
                world.scheduler().fail(e);
            }
        });
        try {
            boolean done = outside.await(end, PATIENCE);
            whole(computer);
            return done;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The program \"" + name + "\" does not end", e);
        }
    }

    /// Whenever a program has ended, the certificate that is kept comes from the authority that is believed.
    private void whole(Computer computer) {
        Path folder = computer == server ? world.folder().resolve(SERVER) : agent().identityFolder();
        try {
            if (TlsIdentity.existsIn(folder)) {
                TlsIdentity kept = TlsIdentity.load(folder);
                kept.certificate().verify(kept.trustedCa().getPublicKey());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("The identity is neither the old nor the new one", e);
        }
    }
}
