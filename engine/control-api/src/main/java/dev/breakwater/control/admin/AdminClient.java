package dev.breakwater.control.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.NoAnswerException;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.control.registration.Renewal;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An administrator's side of the control connection. Machines, process servers and policies are named by name or
/// identity. Safe for several threads.
public final class AdminClient implements AutoCloseable {

    /// The server holds a request for a job that does not move back for 30 s at most.
    private static final Duration HELD_BACK = Duration.ofSeconds(45);

    /// An engine that is started anew answers again by then; its jobs go on.
    private static final Duration RESTART = Duration.ofMinutes(2);

    private static final Duration RETRY = Duration.ofSeconds(1);
    /// A million records are hashed in some seconds.
    private static final Duration VERIFICATION = Duration.ofMinutes(2);

    /// Ten times what a site has; ends the reading of a list that a broken server never ends.
    private static final int MOST_MACHINES = 100_000;

    private final ControlConnection connection;

    /// Speaks as that administrator.
    public AdminClient(EngineAddress server, TlsIdentity identity) {
        this.connection = new ControlConnection(server, identity.clientContext(PeerRole.CONFIGURATION_SERVER));
    }

    /// The configuration server at a glance.
    public EngineStatus status() throws IOException, InterruptedException {
        return connection.get(AdminPaths.STATUS, EngineStatus.class);
    }

    /// What machines register with.
    public String passphrase() throws IOException, InterruptedException {
        return connection.get(AdminPaths.PASSPHRASE, Passphrase.class).passphrase();
    }

    /// Draws a new passphrase; the old one is refused from now on.
    public String rotatePassphrase() throws IOException, InterruptedException {
        return connection
                .send("POST", AdminPaths.PASSPHRASE_ROTATION, null, Passphrase.class)
                .passphrase();
    }

    /// Fetches a fresh certificate for the person whose certificate this connection shows.
    public TlsIdentity renew(TlsIdentity present) throws IOException, InterruptedException {
        return Renewal.fetch(connection, AdminPaths.CERTIFICATE, present);
    }

    /// Everybody who has or had a certificate to ask with.
    public List<UserView> users() throws IOException, InterruptedException {
        return connection.list(AdminPaths.USERS, UserView.class);
    }

    /// Has a new key certified for a person. A name that was revoked, or whose certificate has ended, may be used
    /// again.
    ///
    /// @param role viewer, operator or administrator
    public TlsIdentity issueUser(String name, PeerRole role, X509Certificate authority)
            throws IOException, InterruptedException {
        CertificateRequest request = CertificateRequest.draw();
        RegistrationAnswer answer = connection.send(
                "POST",
                AdminPaths.USERS,
                new UserRequest(name, role.word(), Base64.getEncoder().encodeToString(request.encoded())),
                RegistrationAnswer.class);
        return Renewal.identity(request, answer, authority);
    }

    /// Refuses a person's certificate from now on.
    public void revokeUser(String user) throws IOException, InterruptedException {
        connection.send("DELETE", AdminPaths.USERS + "/" + encoded(user), null);
    }

    /// Refuses a machine's certificate from now on, here and at its process server.
    public void revokeMachine(String machine) throws IOException, InterruptedException {
        connection.send("POST", machinePath(machine, AdminPaths.REVOCATION), null);
    }

    /// Lets a machine register again under its identity, within the hour, whether or not it has its old key.
    public void admitMachine(String machine) throws IOException, InterruptedException {
        connection.send("DELETE", machinePath(machine, AdminPaths.REVOCATION), null);
    }

    /// Refuses a process server's certificate from now on; its machines keep their changes until they are moved.
    public void revokeProcessServer(String server) throws IOException, InterruptedException {
        connection.send("POST", serverPath(server, AdminPaths.REVOCATION), null);
    }

    /// Lets a process server register again under its identity, within the hour.
    public void admitProcessServer(String server) throws IOException, InterruptedException {
        connection.send("DELETE", serverPath(server, AdminPaths.REVOCATION), null);
    }

    /// Records of the audit log after that number, oldest first; a page at a time.
    public List<AuditRecord> audit(long after) throws IOException, InterruptedException {
        return connection.list(AdminPaths.AUDIT + "?after=" + after, AuditRecord.class);
    }

    /// Whether the audit log is whole.
    public AuditVerification verifyAudit() throws IOException, InterruptedException {
        return connection.get(AdminPaths.AUDIT_VERIFICATION, AuditVerification.class, VERIFICATION);
    }

    /// Limits what the machines of a process server may send.
    public ProcessServerView throttle(String processServer, ThrottleSetting setting)
            throws IOException, InterruptedException {
        return connection.send("PUT", throttlePath(processServer), setting, ProcessServerView.class);
    }

    /// Lifts the limits of a process server.
    public ProcessServerView liftThrottle(String processServer) throws IOException, InterruptedException {
        return connection.send("DELETE", throttlePath(processServer), null, ProcessServerView.class);
    }

    private static String throttlePath(String processServer) {
        return AdminPaths.PROCESS_SERVERS + "/" + encoded(processServer) + AdminPaths.THROTTLE;
    }

    /// What each thread of the engine does now.
    public String threads() throws IOException, InterruptedException {
        return connection.text(AdminPaths.THREADS);
    }

    /// Figures of the whole site in the text format of Prometheus.
    public String metrics() throws IOException, InterruptedException {
        return connection.text(AdminPaths.METRICS);
    }

    /// All policies.
    public List<ReplicationPolicy> policies() throws IOException, InterruptedException {
        return connection.list(AdminPaths.POLICIES, ReplicationPolicy.class);
    }

    /// Adds a policy.
    public ReplicationPolicy createPolicy(ReplicationPolicy policy) throws IOException, InterruptedException {
        return connection.send("POST", AdminPaths.POLICIES, policy, ReplicationPolicy.class);
    }

    /// Changes the policy of that name for all its machines.
    public ReplicationPolicy changePolicy(ReplicationPolicy policy) throws IOException, InterruptedException {
        return connection.send(
                "PUT", AdminPaths.POLICIES + "/" + encoded(policy.name()), policy, ReplicationPolicy.class);
    }

    /// Removes a policy that no machine uses.
    public void deletePolicy(String name) throws IOException, InterruptedException {
        connection.send("DELETE", AdminPaths.POLICIES + "/" + encoded(name), null);
    }

    /// All process servers.
    public List<ProcessServerView> processServers() throws IOException, InterruptedException {
        return connection.list(AdminPaths.PROCESS_SERVERS, ProcessServerView.class);
    }

    /// All machines by name, read a page at a time: one that registers meanwhile is perhaps not among them, none is
    /// among them twice.
    public List<MachineView> machines() throws IOException, InterruptedException {
        List<MachineView> all = new ArrayList<>();
        List<MachineView> page = connection.list(AdminPaths.MACHINES, MachineView.class);
        while (!page.isEmpty()) {
            all.addAll(page);
            if (all.size() > MOST_MACHINES) {
                throw new IOException("The configuration server names more than " + MOST_MACHINES
                        + " machines, more than there can be. The list was not read to its end.");
            }
            page = connection.list(
                    AdminPaths.MACHINES + "?after=" + page.getLast().id(), MachineView.class);
        }
        all.sort(Comparator.comparing(MachineView::name));
        return all;
    }

    /// One machine.
    public MachineView machine(String machine) throws IOException, InterruptedException {
        return connection.get(machinePath(machine, ""), MachineView.class);
    }

    /// Protects a machine.
    public JobView protect(String machine, ProtectRequest request) throws IOException, InterruptedException {
        return connection.send("POST", machinePath(machine, AdminPaths.PROTECTION), request, JobView.class);
    }

    /// Ends a machine's protection. Its points stay in the vault.
    public JobView unprotect(String machine) throws IOException, InterruptedException {
        return connection.send("DELETE", machinePath(machine, AdminPaths.PROTECTION), null, JobView.class);
    }

    /// Forgets a machine that is not protected.
    public void forget(String machine) throws IOException, InterruptedException {
        connection.send("DELETE", machinePath(machine, ""), null);
    }

    /// Moves a machine to another process server.
    public JobView move(String machine, String processServer) throws IOException, InterruptedException {
        return connection.send(
                "PUT", machinePath(machine, AdminPaths.PROCESS_SERVER), new MoveRequest(processServer), JobView.class);
    }

    /// Puts a machine under another policy. Its points are kept by the new one at once; the job ends when the machine
    /// has its new schedule. A repeat does no harm.
    public JobView changePolicy(String machine, String policy) throws IOException, InterruptedException {
        return connection.send("PUT", machinePath(machine, AdminPaths.POLICY), new PolicyChoice(policy), JobView.class);
    }

    /// Takes a recovery point.
    public JobView createPoint(String machine, PointRequest request) throws IOException, InterruptedException {
        return connection.send("POST", machinePath(machine, AdminPaths.POINTS), request, JobView.class);
    }

    /// The recovery points of a machine, oldest first.
    public List<RecoveryPoint> points(String machine) throws IOException, InterruptedException {
        return connection.list(machinePath(machine, AdminPaths.POINTS), RecoveryPoint.class);
    }

    /// Compares a machine with the vault and sends what differs.
    public JobView resynchronise(String machine) throws IOException, InterruptedException {
        return connection.send("POST", machinePath(machine, AdminPaths.RESYNCHRONISATION), null, JobView.class);
    }

    /// Starts a machine from a point in an isolated network.
    public JobView testFailover(String machine, TestFailoverRequest request) throws IOException, InterruptedException {
        return connection.send("POST", machinePath(machine, AdminPaths.TEST_FAILOVER), request, JobView.class);
    }

    /// Removes what a test failover made, and keeps what a person says of it.
    public JobView cleanUpTestFailover(String machine, CleanUpRequest request)
            throws IOException, InterruptedException {
        return connection.send("POST", machinePath(machine, AdminPaths.CLEAN_UP), request, JobView.class);
    }

    /// The picture (PNG) that a test failover took of its machine's screen.
    public byte[] screenshot(UUID testJob) throws IOException, InterruptedException {
        return connection.bytes(AdminPaths.JOBS + "/" + testJob + AdminPaths.SCREENSHOT);
    }

    /// How old a machine's newest point was over the last 24 hours.
    public RpoHistory rpoHistory(String machine) throws IOException, InterruptedException {
        return connection.get(machinePath(machine, AdminPaths.RPO), RpoHistory.class);
    }

    /// The newest jobs, newest first.
    public List<JobView> jobs(int limit) throws IOException, InterruptedException {
        return connection.list(AdminPaths.JOBS + "?limit=" + limit, JobView.class);
    }

    /// One job.
    public JobView job(UUID id) throws IOException, InterruptedException {
        return connection.get(AdminPaths.JOBS + "/" + id, JobView.class);
    }

    /// Waits until a job has ended.
    ///
    /// @param atMost how long; looked at whenever the job moves, at least each half minute
    /// @param onChange sees the job at first and whenever it has moved
    /// @throws NoAnswerException if the server has been away for longer than a restart takes; the job goes on
    /// @throws TimeoutException if it has not ended in time; it goes on
    public JobView await(UUID id, Duration atMost, Consumer<JobView> onChange)
            throws IOException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long lastAnswer = System.nanoTime();
        long seen = 0;
        while (true) {
            JobView now;
            try {
                now = connection.get(AdminPaths.JOBS + "/" + id + "?after=" + seen, JobView.class, HELD_BACK);
                lastAnswer = System.nanoTime();
            } catch (NoAnswerException e) {
                if (System.nanoTime() - lastAnswer > RESTART.toNanos()) {
                    throw e;
                }
                Thread.sleep(RETRY);
                continue;
            }
            if (now.version() != seen) {
                onChange.accept(now);
                seen = now.version();
            }
            if (now.state().finished()) {
                return now;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("The job " + id + " has not ended within " + atMost + "; it goes on.");
            }
        }
    }

    /// Events after that number, oldest first; a page at a time.
    public List<Event> events(long after) throws IOException, InterruptedException {
        return connection.list(AdminPaths.EVENTS + "?after=" + after, Event.class);
    }

    /// Events before that number, newest first.
    ///
    /// @param before [Long#MAX_VALUE] for the newest
    /// @param limit how many; the server gives at most 1000
    public List<Event> eventsBefore(long before, int limit) throws IOException, InterruptedException {
        return connection.list(AdminPaths.EVENTS + "?before=" + before + "&limit=" + limit, Event.class);
    }

    /// Events about a machine before that number, newest first; like [#eventsBefore(long, int)].
    public List<Event> eventsOf(String machine, long before, int limit) throws IOException, InterruptedException {
        return connection.list(
                AdminPaths.EVENTS + "?machine=" + encoded(machine) + "&before=" + before + "&limit=" + limit,
                Event.class);
    }

    /// Events about a machine after that number, oldest first; a page at a time.
    public List<Event> eventsOf(String machine, long after) throws IOException, InterruptedException {
        return connection.list(AdminPaths.EVENTS + "?machine=" + encoded(machine) + "&after=" + after, Event.class);
    }

    /// Events as they happen. Closing the stream ends it.
    public Stream<Event> eventStream(long after) throws IOException, InterruptedException {
        return connection
                .lines(AdminPaths.EVENT_STREAM + "?after=" + after)
                .filter(line -> line.startsWith("data:"))
                .map(line -> {
                    try {
                        return ControlJson.mapper().readValue(line.substring(5), Event.class);
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException("An event cannot be understood.", e);
                    }
                });
    }

    private static String machinePath(String machine, String rest) {
        return AdminPaths.MACHINES + "/" + encoded(machine) + rest;
    }

    private static String serverPath(String server, String rest) {
        return AdminPaths.PROCESS_SERVERS + "/" + encoded(server) + rest;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        connection.close();
    }
}
