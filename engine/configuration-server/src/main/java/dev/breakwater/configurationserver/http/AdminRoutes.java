package dev.breakwater.configurationserver.http;

import static dev.breakwater.platform.tls.PeerRole.ADMINISTRATOR;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MoveRequest;
import dev.breakwater.control.admin.Passphrase;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.UUID;

/// Resources for administrators.
final class AdminRoutes {

    private static final String MACHINE = AdminPaths.MACHINES + "/{machine}";
    private static final long DEFAULT_JOBS = 100;
    private static final long MAX_JOBS = 1000;
    private static final int EVENT_PAGE = 1000;

    private final Services services;

    AdminRoutes(Services services) {
        this.services = services;
    }

    void addTo(Routes routes) {
        routes.get(
                ADMINISTRATOR, AdminPaths.STATUS, exchange -> services.status().get());
        routes.get(
                ADMINISTRATOR,
                AdminPaths.PASSPHRASE,
                exchange -> new Passphrase(services.registrations().passphrase()));
        routes.post(
                ADMINISTRATOR,
                AdminPaths.PASSPHRASE_ROTATION,
                exchange -> new Passphrase(services.registrations().rotatePassphrase()));
        routes.get(
                ADMINISTRATOR,
                AdminPaths.PROCESS_SERVERS,
                exchange -> services.servers().all());
        policies(routes);
        machines(routes);
        jobs(routes);
    }

    private void policies(Routes routes) {
        String one = AdminPaths.POLICIES + "/{policy}";
        routes.get(
                ADMINISTRATOR,
                AdminPaths.POLICIES,
                exchange -> services.policies().all());
        routes.post(
                ADMINISTRATOR,
                AdminPaths.POLICIES,
                exchange -> services.policies().create(exchange.body(ReplicationPolicy.class)));
        routes.put(
                ADMINISTRATOR,
                one,
                exchange ->
                        services.policies().change(exchange.path("policy"), exchange.body(ReplicationPolicy.class)));
        routes.delete(ADMINISTRATOR, one, exchange -> {
            services.policies().delete(exchange.path("policy"));
            return null;
        });
    }

    private void machines(Routes routes) {
        routes.get(
                ADMINISTRATOR,
                AdminPaths.MACHINES,
                exchange -> services.machines().all());
        routes.get(ADMINISTRATOR, MACHINE, exchange -> services.machines().one(exchange.path("machine")));
        routes.delete(ADMINISTRATOR, MACHINE, exchange -> {
            services.machines().forget(exchange.path("machine"));
            return null;
        });
        routes.post(
                ADMINISTRATOR,
                MACHINE + AdminPaths.PROTECTION,
                exchange ->
                        services.protection().protect(exchange.path("machine"), exchange.body(ProtectRequest.class)));
        routes.delete(
                ADMINISTRATOR,
                MACHINE + AdminPaths.PROTECTION,
                exchange -> services.protection().unprotect(exchange.path("machine")));
        routes.put(
                ADMINISTRATOR,
                MACHINE + AdminPaths.PROCESS_SERVER,
                exchange -> services.protection()
                        .move(
                                exchange.path("machine"),
                                exchange.body(MoveRequest.class).to()));
        routes.get(
                ADMINISTRATOR,
                MACHINE + AdminPaths.POINTS,
                exchange -> services.machines().points(exchange.path("machine")));
        routes.post(
                ADMINISTRATOR,
                MACHINE + AdminPaths.POINTS,
                exchange ->
                        services.protection().createPoint(exchange.path("machine"), exchange.body(PointRequest.class)));
        routes.post(
                ADMINISTRATOR,
                MACHINE + AdminPaths.RESYNCHRONISATION,
                exchange -> services.protection().resynchronise(exchange.path("machine")));
        routes.post(
                ADMINISTRATOR,
                MACHINE + AdminPaths.TEST_FAILOVER,
                exchange -> services.tests().test(exchange.path("machine"), exchange.body(TestFailoverRequest.class)));
        routes.delete(
                ADMINISTRATOR,
                MACHINE + AdminPaths.TEST_FAILOVER,
                exchange -> services.tests().cleanUp(exchange.path("machine")));
    }

    private void jobs(Routes routes) {
        routes.get(ADMINISTRATOR, AdminPaths.JOBS, this::jobList);
        routes.get(ADMINISTRATOR, AdminPaths.JOBS + "/{job}", this::job);
        routes.get(
                ADMINISTRATOR,
                AdminPaths.EVENTS,
                exchange ->
                        services.database().read(tx -> EventTable.after(tx, exchange.number("after", 0), EVENT_PAGE)));
    }

    private List<JobView> jobList(Exchange exchange) {
        String machine = exchange.query("machine");
        MachineId id = machine == null ? null : services.machines().one(machine).id();
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
