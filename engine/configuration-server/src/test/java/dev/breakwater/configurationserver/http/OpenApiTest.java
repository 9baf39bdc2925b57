package dev.breakwater.configurationserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.configurationserver.http.OpenApiText.Operation;
import dev.breakwater.control.OpenApi;
import dev.breakwater.control.admin.AuditRecord;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.MoveRequest;
import dev.breakwater.control.admin.Passphrase;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.PolicyChoice;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.UserRequest;
import dev.breakwater.control.admin.UserView;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.control.registration.CertificateRenewal;
import dev.breakwater.control.registration.ChallengeAnswer;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final String ADMIN = "/api/v1/admin";
    private static final String MACHINE = ADMIN + "/machines/{machine}";
    private static final String AGENT = "/api/v1/machine";
    private static final String SERVER = "/api/v1/process-server";

    private static final List<Operation> OPERATIONS = List.of(
            Operation.of("POST", "/api/v1/registration/challenge", "Ask the server to prove itself")
                    .takes(ChallengeRequest.class)
                    .gives(ChallengeAnswer.class),
            Operation.of("POST", "/api/v1/registration", "Register and fetch a certificate")
                    .takes(RegistrationRequest.class)
                    .gives(RegistrationAnswer.class),
            Operation.of("GET", "/api/v1/openapi.yaml", "This description").givesText("application/yaml"),
            Operation.of("GET", AGENT + "/orders", "The state this machine should be in (held back up to 30 s)")
                    .query("after")
                    .gives(MachineOrders.class),
            Operation.of("POST", AGENT + "/orders/{order}/result", "What became of an order")
                    .takes(OrderResult.class),
            Operation.of("PUT", AGENT + "/inventory", "What this machine is made of")
                    .takes(MachineInventory.class),
            Operation.of("POST", AGENT + "/status", "How replication is doing").takes(MachineStatus.class),
            Operation.of("POST", AGENT + "/certificate", "Renew the certificate")
                    .takes(CertificateRenewal.class)
                    .gives(RegistrationAnswer.class),
            Operation.of("DELETE", AGENT + "/registration", "End the registration"),
            Operation.of("GET", SERVER + "/assignments", "Machines to serve, with keys (held back up to 30 s)")
                    .query("after")
                    .gives(Assignments.class),
            Operation.of("POST", SERVER + "/health", "How this process server is doing")
                    .takes(ProcessServerHealth.class),
            Operation.of("POST", SERVER + "/points", "What has become durable").takes(DurableReport.class),
            Operation.of("POST", SERVER + "/certificate", "Renew the certificate")
                    .takes(CertificateRenewal.class)
                    .gives(RegistrationAnswer.class),
            Operation.of("GET", ADMIN + "/status", "The server at a glance").gives(EngineStatus.class),
            Operation.of("GET", ADMIN + "/passphrase", "What machines register with")
                    .gives(Passphrase.class),
            Operation.of("POST", ADMIN + "/passphrase/rotation", "Draw another passphrase")
                    .gives(Passphrase.class),
            Operation.of("POST", ADMIN + "/certificate", "Renew the caller's own certificate")
                    .takes(CertificateRenewal.class)
                    .gives(RegistrationAnswer.class),
            Operation.of("GET", ADMIN + "/users", "People who have or had a certificate")
                    .givesMany(UserView.class),
            Operation.of("POST", ADMIN + "/users", "Certify a person's key for a role")
                    .takes(UserRequest.class)
                    .gives(RegistrationAnswer.class),
            Operation.of("DELETE", ADMIN + "/users/{user}", "Refuse a person's certificate from now on"),
            Operation.of("GET", ADMIN + "/audit", "What was ordered, after a number")
                    .query("after")
                    .givesMany(AuditRecord.class),
            Operation.of("GET", ADMIN + "/audit/verification", "Whether the audit log is whole")
                    .gives(AuditVerification.class),
            Operation.of("POST", MACHINE + "/revocation", "Refuse a machine's certificate from now on"),
            Operation.of("DELETE", MACHINE + "/revocation", "Let a machine register again, for an hour"),
            Operation.of(
                    "POST",
                    ADMIN + "/process-servers/{server}/revocation",
                    "Refuse a process server's certificate from now on"),
            Operation.of(
                    "DELETE",
                    ADMIN + "/process-servers/{server}/revocation",
                    "Let a process server register again, for an hour"),
            Operation.of("GET", ADMIN + "/process-servers", "All process servers")
                    .givesMany(ProcessServerView.class),
            Operation.of("PUT", ADMIN + "/process-servers/{server}/throttle", "Limit what its machines may send")
                    .takes(ThrottleSetting.class)
                    .gives(ProcessServerView.class),
            Operation.of("DELETE", ADMIN + "/process-servers/{server}/throttle", "Lift the limits")
                    .gives(ProcessServerView.class),
            Operation.of("GET", "/metrics", "Figures of the site for Prometheus")
                    .givesText("text/plain"),
            Operation.of("GET", ADMIN + "/threads", "What each thread does now").givesText("text/plain"),
            Operation.of("GET", "/health", "Whether requests can be answered").givesText("application/json"),
            Operation.of("GET", ADMIN + "/policies", "All policies").givesMany(ReplicationPolicy.class),
            Operation.of("POST", ADMIN + "/policies", "Add a policy")
                    .takes(ReplicationPolicy.class)
                    .gives(ReplicationPolicy.class),
            Operation.of("PUT", ADMIN + "/policies/{policy}", "Change a policy for all its machines")
                    .takes(ReplicationPolicy.class)
                    .gives(ReplicationPolicy.class),
            Operation.of("DELETE", ADMIN + "/policies/{policy}", "Remove a policy that no machine uses"),
            Operation.of(
                            "GET",
                            ADMIN + "/machines",
                            "Machines past an identity, by identity, at most 500; an empty list comes after the last")
                    .query("after:text", "limit")
                    .givesMany(MachineView.class),
            Operation.of("GET", MACHINE, "One machine").gives(MachineView.class),
            Operation.of("DELETE", MACHINE, "Forget a machine that is not protected"),
            Operation.of("POST", MACHINE + "/protection", "Protect a machine")
                    .takes(ProtectRequest.class)
                    .gives(JobView.class),
            Operation.of("DELETE", MACHINE + "/protection", "End a machine's protection")
                    .gives(JobView.class),
            Operation.of("PUT", MACHINE + "/process-server", "Move a machine to another process server")
                    .takes(MoveRequest.class)
                    .gives(JobView.class),
            Operation.of("PUT", MACHINE + "/policy", "Put a machine under another policy")
                    .takes(PolicyChoice.class)
                    .gives(JobView.class),
            Operation.of("GET", MACHINE + "/points", "The recovery points in the vault, oldest first")
                    .givesMany(RecoveryPoint.class),
            Operation.of("POST", MACHINE + "/points", "Take a recovery point")
                    .takes(PointRequest.class)
                    .gives(JobView.class),
            Operation.of("POST", MACHINE + "/resynchronisation", "Compare with the vault, send what differs")
                    .gives(JobView.class),
            Operation.of("POST", MACHINE + "/test-failover", "Start the machine from a point, isolated")
                    .takes(TestFailoverRequest.class)
                    .gives(JobView.class),
            Operation.of("POST", MACHINE + "/test-failover/clean-up", "Clean a test failover up and say what it showed")
                    .takes(CleanUpRequest.class)
                    .gives(JobView.class),
            Operation.of("GET", MACHINE + "/rpo", "How old its newest point was over the last 24 hours")
                    .gives(RpoHistory.class),
            Operation.of("GET", ADMIN + "/jobs", "The newest jobs")
                    .query("machine:text", "limit")
                    .givesMany(JobView.class),
            Operation.of("GET", ADMIN + "/jobs/{job}", "One job (held back up to 30 s until it moves)")
                    .query("after")
                    .gives(JobView.class),
            Operation.of("GET", ADMIN + "/jobs/{job}/screenshot", "The screen of a test failover's machine")
                    .givesText("image/png"),
            Operation.of(
                            "GET",
                            ADMIN + "/events",
                            "Events after a number, oldest first, or before one, newest first; at most 1000")
                    .query("after", "before", "limit")
                    .givesMany(Event.class),
            Operation.of("GET", ADMIN + "/events/stream", "Events as they happen")
                    .query("after")
                    .givesText("text/event-stream"));

    @Test
    @DisplayName("openapi.yaml describes exactly what the server offers, and what every message holds")
    void describesTheServer() throws IOException {
        List<AccessRules.Rule> offered = new ArrayList<>();
        Services none = new Services(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        Javalin.create(config ->
                offered.addAll(HttpsPort.resources(config, new Gate(null, null, null, System::nanoTime), none)
                        .added()));
        assertThat(OPERATIONS.stream().map(Operation::key))
                .containsExactlyInAnyOrderElementsOf(offered.stream()
                        .map(resource -> resource.method() + " " + resource.path())
                        .toList());
        String rendered = OpenApiText.render(OPERATIONS, offered);
        String write = System.getProperty("openapi.write");
        if (write != null) {
            Files.writeString(Path.of(write), rendered);
        }
        assertThat(rendered)
                .as("run the test with -Dopenapi.write=FILE to write it anew")
                .isEqualTo(write == null ? OpenApi.text() : rendered);
    }
}
