package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.replication.Orders;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachinePaths;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerPaths;
import dev.breakwater.control.registration.CertificateRenewal;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationPaths;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import io.javalin.http.Context;

/// Resources for machines, process servers, and those who are not registered yet.
final class PeerRoutes {

    private final Services services;

    PeerRoutes(Services services) {
        this.services = services;
    }

    void addTo(Routes routes) {
        routes.postOpen(
                RegistrationPaths.CHALLENGE,
                context -> services.registrations().challenge(Exchange.body(context, ChallengeRequest.class)));
        routes.postOpen(RegistrationPaths.REGISTRATION, this::register);
        machines(routes);
        processServers(routes);
    }

    private void machines(Routes routes) {
        routes.get(MachinePaths.ORDERS, this::orders);
        routes.post(MachinePaths.ORDERS + "/{order}" + MachinePaths.RESULT_SUFFIX, exchange -> {
            services.progress().result(machine(exchange), exchange.pathId("order"), exchange.body(OrderResult.class));
            return null;
        });
        routes.put(MachinePaths.INVENTORY, exchange -> {
            services.machines().inventory(machine(exchange), exchange.body(MachineInventory.class));
            return null;
        });
        routes.post(MachinePaths.STATUS, exchange -> {
            services.progress().status(machine(exchange), exchange.body(MachineStatus.class));
            return null;
        });
        routes.post(MachinePaths.CERTIFICATE, this::renew);
        routes.delete(MachinePaths.REGISTRATION, exchange -> {
            services.machines().unregister(machine(exchange));
            return null;
        });
    }

    private void processServers(Routes routes) {
        routes.get(ProcessServerPaths.ASSIGNMENTS, this::assignments);
        routes.post(ProcessServerPaths.HEALTH, exchange -> {
            ProcessServerHealth health = exchange.body(ProcessServerHealth.class);
            services.servers().heard(server(exchange), health);
            services.progress().connected(server(exchange), health);
            return null;
        });
        routes.post(ProcessServerPaths.POINTS, exchange -> {
            services.progress().durable(server(exchange), exchange.body(DurableReport.class));
            return null;
        });
        routes.post(ProcessServerPaths.CERTIFICATE, this::renew);
    }

    private Object register(Context context) {
        RegistrationRequest request = Exchange.body(context, RegistrationRequest.class);
        Exchange.note(context, request.role() + " " + request.name());
        return services.registrations().register(request);
    }

    private Object renew(Exchange exchange) {
        return services.registrations()
                .renew(
                        exchange.caller(),
                        exchange.body(CertificateRenewal.class).csr());
    }

    private MachineOrders orders(Exchange exchange) throws InterruptedException {
        MachineId machine = machine(exchange);
        long known = exchange.number("after", 0);
        services.live().carriedOut(machine, known, services.clock().instant());
        services.progress().tick();
        return services.database()
                .topics()
                .await(
                        MachineRow.topic(machine),
                        LongPoll.HELD_BACK,
                        () -> services.database().read(tx -> Orders.of(tx, machine)),
                        orders -> orders.version() != known);
    }

    private Assignments assignments(Exchange exchange) throws InterruptedException {
        ProcessServerId server = server(exchange);
        long known = exchange.number("after", 0);
        services.database()
                .topics()
                .await(
                        ProcessServerRow.topic(server),
                        LongPoll.HELD_BACK,
                        () -> services.servers().version(server),
                        version -> version != known);
        return services.servers().assignments(server);
    }

    private static MachineId machine(Exchange exchange) {
        return new MachineId(exchange.caller().id());
    }

    private static ProcessServerId server(Exchange exchange) {
        return new ProcessServerId(exchange.caller().id());
    }
}
