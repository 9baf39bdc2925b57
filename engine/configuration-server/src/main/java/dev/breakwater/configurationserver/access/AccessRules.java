package dev.breakwater.configurationserver.access;

import static dev.breakwater.configurationserver.access.Access.ADMINISTRATOR;
import static dev.breakwater.configurationserver.access.Access.ANYBODY;
import static dev.breakwater.configurationserver.access.Access.MACHINE;
import static dev.breakwater.configurationserver.access.Access.OPERATOR;
import static dev.breakwater.configurationserver.access.Access.PROCESS_SERVER;
import static dev.breakwater.configurationserver.access.Access.VIEWER;

import dev.breakwater.control.OpenApi;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.machine.MachinePaths;
import dev.breakwater.control.processserver.ProcessServerPaths;
import dev.breakwater.control.registration.RegistrationPaths;
import java.util.List;
import java.util.Optional;

/// The whole of what may be asked on port 443, and by whom. What is not in this table is refused, whatever else the
/// server might answer; what is recorded goes into the audit log.
public final class AccessRules {

    private static final String MACHINE_PATH = AdminPaths.MACHINES + "/{machine}";
    private static final String SERVER_PATH = AdminPaths.PROCESS_SERVERS + "/{server}";

    /// One line of the table.
    ///
    /// @param method GET, POST, PUT or DELETE
    /// @param path with its parameters in braces
    /// @param who may ask
    /// @param recorded whether the audit log keeps it: every order of a person, and who joins, renews or
    ///     leaves; what machines and process servers report all the time is not kept
    public record Rule(String method, String path, Access who, boolean recorded) {}

    private static final List<Rule> TABLE = List.of(
            open("GET", OpenApi.PATH, ANYBODY),
            open("GET", AdminPaths.HEALTH, ANYBODY),
            open("POST", RegistrationPaths.CHALLENGE, ANYBODY),
            kept("POST", RegistrationPaths.REGISTRATION, ANYBODY),
            // machines
            open("GET", MachinePaths.ORDERS, MACHINE),
            open("POST", MachinePaths.ORDERS + "/{order}" + MachinePaths.RESULT_SUFFIX, MACHINE),
            open("PUT", MachinePaths.INVENTORY, MACHINE),
            open("POST", MachinePaths.STATUS, MACHINE),
            kept("POST", MachinePaths.CERTIFICATE, MACHINE),
            kept("DELETE", MachinePaths.REGISTRATION, MACHINE),
            // process servers
            open("GET", ProcessServerPaths.ASSIGNMENTS, PROCESS_SERVER),
            open("POST", ProcessServerPaths.HEALTH, PROCESS_SERVER),
            open("POST", ProcessServerPaths.POINTS, PROCESS_SERVER),
            kept("POST", ProcessServerPaths.CERTIFICATE, PROCESS_SERVER),
            // people: looking
            open("GET", AdminPaths.STATUS, VIEWER),
            open("GET", AdminPaths.PROCESS_SERVERS, VIEWER),
            open("GET", AdminPaths.POLICIES, VIEWER),
            open("GET", AdminPaths.MACHINES, VIEWER),
            open("GET", MACHINE_PATH, VIEWER),
            open("GET", MACHINE_PATH + AdminPaths.POINTS, VIEWER),
            open("GET", MACHINE_PATH + AdminPaths.RPO, VIEWER),
            open("GET", AdminPaths.JOBS, VIEWER),
            open("GET", AdminPaths.JOBS + "/{job}", VIEWER),
            open("GET", AdminPaths.JOBS + "/{job}" + AdminPaths.SCREENSHOT, OPERATOR),
            open("GET", AdminPaths.EVENTS, VIEWER),
            open("GET", AdminPaths.EVENT_STREAM, VIEWER),
            open("GET", AdminPaths.METRICS, VIEWER),
            kept("POST", AdminPaths.CERTIFICATE, VIEWER),
            // people: operating
            kept("POST", MACHINE_PATH + AdminPaths.POINTS, OPERATOR),
            kept("POST", MACHINE_PATH + AdminPaths.RESYNCHRONISATION, OPERATOR),
            kept("POST", MACHINE_PATH + AdminPaths.TEST_FAILOVER, OPERATOR),
            kept("POST", MACHINE_PATH + AdminPaths.CLEAN_UP, OPERATOR),
            // people: administering
            kept("POST", AdminPaths.POLICIES, ADMINISTRATOR),
            kept("PUT", AdminPaths.POLICIES + "/{policy}", ADMINISTRATOR),
            kept("DELETE", AdminPaths.POLICIES + "/{policy}", ADMINISTRATOR),
            kept("DELETE", MACHINE_PATH, ADMINISTRATOR),
            kept("POST", MACHINE_PATH + AdminPaths.PROTECTION, ADMINISTRATOR),
            kept("DELETE", MACHINE_PATH + AdminPaths.PROTECTION, ADMINISTRATOR),
            kept("PUT", MACHINE_PATH + AdminPaths.PROCESS_SERVER, ADMINISTRATOR),
            kept("PUT", MACHINE_PATH + AdminPaths.POLICY, ADMINISTRATOR),
            kept("POST", MACHINE_PATH + AdminPaths.REVOCATION, ADMINISTRATOR),
            kept("DELETE", MACHINE_PATH + AdminPaths.REVOCATION, ADMINISTRATOR),
            kept("POST", SERVER_PATH + AdminPaths.REVOCATION, ADMINISTRATOR),
            kept("DELETE", SERVER_PATH + AdminPaths.REVOCATION, ADMINISTRATOR),
            kept("GET", AdminPaths.PASSPHRASE, ADMINISTRATOR),
            kept("POST", AdminPaths.PASSPHRASE_ROTATION, ADMINISTRATOR),
            kept("PUT", SERVER_PATH + AdminPaths.THROTTLE, ADMINISTRATOR),
            kept("DELETE", SERVER_PATH + AdminPaths.THROTTLE, ADMINISTRATOR),
            open("GET", AdminPaths.THREADS, ADMINISTRATOR),
            open("GET", AdminPaths.USERS, ADMINISTRATOR),
            kept("POST", AdminPaths.USERS, ADMINISTRATOR),
            kept("DELETE", AdminPaths.USERS + "/{user}", ADMINISTRATOR),
            open("GET", AdminPaths.AUDIT, ADMINISTRATOR),
            open("GET", AdminPaths.AUDIT_VERIFICATION, ADMINISTRATOR));

    private AccessRules() {}

    /// All lines.
    public static List<Rule> all() {
        return TABLE;
    }

    /// The line for a resource, if there is one.
    public static Optional<Rule> of(String method, String path) {
        return TABLE.stream()
                .filter(rule -> rule.method().equals(method) && rule.path().equals(path))
                .findFirst();
    }

    private static Rule open(String method, String path, Access who) {
        return new Rule(method, path, who, false);
    }

    private static Rule kept(String method, String path, Access who) {
        return new Rule(method, path, who, true);
    }
}
