package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.answer.JsonList;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.metrics.SiteMetrics;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MoveRequest;
import dev.breakwater.control.admin.Passphrase;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.PolicyChoice;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.UserRequest;
import dev.breakwater.control.metrics.MetricText;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.control.registration.CertificateRenewal;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Resources for administrators.
final class AdminRoutes {

    private static final String MACHINE = AdminPaths.MACHINES + "/{machine}";
    private static final long DEFAULT_JOBS = 100;
    private static final long MAX_JOBS = 1000;
    private static final int EVENT_PAGE = 1000;

    /// About a kilobyte each; a quarter of a second's work.
    private static final int MACHINE_PAGE = 500;

    private final Services services;

    AdminRoutes(Services services) {
        this.services = services;
    }

    void addTo(Routes routes) {
        routes.get(AdminPaths.STATUS, exchange -> services.status().get());
        routes.get(
                AdminPaths.PASSPHRASE,
                exchange -> new Passphrase(services.registrations().passphrase()));
        routes.post(
                AdminPaths.PASSPHRASE_ROTATION,
                exchange -> new Passphrase(services.registrations().rotatePassphrase()));
        routes.get(AdminPaths.PROCESS_SERVERS, exchange -> services.servers().all());
        operation(routes);
        policies(routes);
        machines(routes);
        jobs(routes);
        users(routes);
        revocations(routes);
    }

    private void users(Routes routes) {
        routes.post(
                AdminPaths.CERTIFICATE,
                exchange -> services.registrations()
                        .renew(
                                exchange.caller(),
                                exchange.body(CertificateRenewal.class).csr()));
        routes.get(AdminPaths.USERS, exchange -> services.users().all());
        routes.post(AdminPaths.USERS, exchange -> {
            UserRequest request = exchange.body(UserRequest.class);
            exchange.note(request.role() + " " + request.name());
            return services.users().issue(request);
        });
        routes.delete(AdminPaths.USERS + "/{user}", exchange -> {
            services.revocations().revokeUser(exchange.path("user"));
            return null;
        });
        routes.get(AdminPaths.AUDIT, exchange -> services.audit().after(exchange.number("after", 0)));
        routes.get(
                AdminPaths.AUDIT_VERIFICATION,
                exchange -> services.verification().verify());
    }

    private void revocations(Routes routes) {
        routes.post(MACHINE + AdminPaths.REVOCATION, exchange -> {
            services.revocations().revokeMachine(exchange.path("machine"));
            return null;
        });
        routes.delete(MACHINE + AdminPaths.REVOCATION, exchange -> {
            services.revocations().admitMachine(exchange.path("machine"));
            return null;
        });
        String server = AdminPaths.PROCESS_SERVERS + "/{server}" + AdminPaths.REVOCATION;
        routes.post(server, exchange -> {
            services.revocations().revokeProcessServer(exchange.path("server"));
            return null;
        });
        routes.delete(server, exchange -> {
            services.revocations().admitProcessServer(exchange.path("server"));
            return null;
        });
    }

    /// What tells how it runs: to a monitoring system all figures, to a load balancer or a service manager without a
    /// certificate nothing but whether requests can be answered.
    private void operation(Routes routes) {
        routes.getText(
                AdminPaths.METRICS,
                MetricText.CONTENT_TYPE,
                () -> SiteMetrics.text(
                        services.status().get(),
                        services.servers().all(),
                        services.machines().all()));
        routes.getRaw(
                AdminPaths.THREADS,
                exchange -> exchange.context().contentType("text/plain").result(ThreadDump.take()));
        routes.getOpen(AdminPaths.HEALTH, "application/json", context -> {
            boolean up = services.database().answers();
            context.status(up ? 200 : 503).result(up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
        });
        String throttle = AdminPaths.PROCESS_SERVERS + "/{server}" + AdminPaths.THROTTLE;
        routes.put(
                throttle,
                exchange -> services.servers().throttle(exchange.path("server"), exchange.body(ThrottleSetting.class)));
        routes.delete(throttle, exchange -> services.servers().throttle(exchange.path("server"), null));
    }

    private void policies(Routes routes) {
        String one = AdminPaths.POLICIES + "/{policy}";
        routes.get(AdminPaths.POLICIES, exchange -> services.policies().all());
        routes.post(
                AdminPaths.POLICIES, exchange -> services.policies().create(exchange.body(ReplicationPolicy.class)));
        routes.put(
                one,
                exchange ->
                        services.policies().change(exchange.path("policy"), exchange.body(ReplicationPolicy.class)));
        routes.delete(one, exchange -> {
            services.policies().delete(exchange.path("policy"));
            return null;
        });
    }

    private void machines(Routes routes) {
        routes.get(AdminPaths.MACHINES, this::machineList);
        routes.get(MACHINE, exchange -> services.machines().one(exchange.path("machine")));
        routes.delete(MACHINE, exchange -> {
            services.machines().forget(exchange.path("machine"));
            return null;
        });
        routes.post(
                MACHINE + AdminPaths.PROTECTION,
                exchange ->
                        services.protection().protect(exchange.path("machine"), exchange.body(ProtectRequest.class)));
        routes.delete(
                MACHINE + AdminPaths.PROTECTION,
                exchange -> services.protection().unprotect(exchange.path("machine")));
        routes.put(
                MACHINE + AdminPaths.PROCESS_SERVER,
                exchange -> services.protection()
                        .move(
                                exchange.path("machine"),
                                exchange.body(MoveRequest.class).to()));
        routes.put(
                MACHINE + AdminPaths.POLICY,
                exchange -> services.protection()
                        .follow(
                                exchange.path("machine"),
                                exchange.body(PolicyChoice.class).policy()));
        routes.get(MACHINE + AdminPaths.POINTS, exchange -> services.machines().points(exchange.path("machine")));
        routes.post(
                MACHINE + AdminPaths.POINTS,
                exchange ->
                        services.protection().createPoint(exchange.path("machine"), exchange.body(PointRequest.class)));
        routes.post(
                MACHINE + AdminPaths.RESYNCHRONISATION,
                exchange -> services.protection().resynchronise(exchange.path("machine")));
        routes.post(
                MACHINE + AdminPaths.TEST_FAILOVER,
                exchange -> services.tests().test(exchange.path("machine"), exchange.body(TestFailoverRequest.class)));
        routes.post(
                MACHINE + AdminPaths.CLEAN_UP,
                exchange -> services.tests().cleanUp(exchange.path("machine"), exchange.body(CleanUpRequest.class)));
        routes.get(MACHINE + AdminPaths.RPO, exchange -> services.rpo().of(exchange.path("machine")));
    }

    private void jobs(Routes routes) {
        routes.get(AdminPaths.JOBS, this::jobList);
        routes.get(AdminPaths.JOBS + "/{job}", this::job);
        routes.getRaw(
                AdminPaths.JOBS + "/{job}" + AdminPaths.SCREENSHOT,
                exchange -> exchange.context()
                        .contentType("image/png")
                        .result(services.tests().screenshot(exchange.pathId("job"))));
        routes.get(AdminPaths.EVENTS, this::eventList);
    }

    private JsonList machineList(Exchange exchange) {
        return services.machines()
                .page(
                        exchange.query("after") == null ? null : new MachineId(exchange.queryId("after")),
                        limit(exchange, MACHINE_PAGE));
    }

    /// Events after a number, oldest first; or before one, newest first; as many as an answer holds.
    private JsonList eventList(Exchange exchange) {
        return JsonList.of(events(exchange));
    }

    private List<Event> events(Exchange exchange) {
        int limit = limit(exchange, EVENT_PAGE);
        MachineId machine = machineAsked(exchange);
        if (exchange.query("before") == null) {
            return services.database().read(tx -> EventTable.after(tx, machine, exchange.number("after", 0), limit));
        }
        if (exchange.query("after") != null) {
            throw Refusal.invalid("Events are either after a number or before one.", "Send one of the two.");
        }
        return services.database().read(tx -> EventTable.before(tx, machine, exchange.number("before", 0), limit));
    }

    private @Nullable MachineId machineAsked(Exchange exchange) {
        String machine = exchange.query("machine");
        return machine == null ? null : services.machines().one(machine).id();
    }

    private static int limit(Exchange exchange, int most) {
        return Math.clamp(exchange.number("limit", most), 1, most);
    }

    private List<JobView> jobList(Exchange exchange) {
        MachineId id = machineAsked(exchange);
        int limit = (int) Math.clamp(exchange.number("limit", DEFAULT_JOBS), 1, MAX_JOBS);
        return services.database().read(tx -> JobTable.newest(tx, id, limit));
    }

    private JobView job(Exchange exchange) throws InterruptedException {
        UUID id = exchange.pathId("job");
        long known = exchange.number("after", 0);
        return services.database()
                .topics()
                .await(
                        JobTable.topic(id),
                        LongPoll.HELD_BACK,
                        () -> services.database()
                                .read(tx -> JobTable.byId(tx, id)
                                        .orElseThrow(() -> Refusal.notFound(
                                                "job-not-found",
                                                "There is no job " + id + ".",
                                                "List the jobs with `breakwater engine status`."))),
                        job -> job.version() != known || job.state().finished());
    }
}
