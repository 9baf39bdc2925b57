package dev.breakwater.control.admin;

/// Addresses of the resources for administrators. `{machine}`, `{server}` and `{policy}` are names or identities.
public final class AdminPaths {

    /// What all of them begin with.
    public static final String ROOT = "/api/v1/admin";

    /// GET [EngineStatus].
    public static final String STATUS = ROOT + "/status";

    /// GET a [Passphrase].
    public static final String PASSPHRASE = ROOT + "/passphrase";

    /// POST draws a new passphrase, answers it.
    public static final String PASSPHRASE_ROTATION = PASSPHRASE + "/rotation";

    /// POST a certificate renewal, answers a registration answer: a person's own certificate.
    public static final String CERTIFICATE = ROOT + "/certificate";

    /// GET a list of [UserView]; POST [UserRequest], answers a registration answer; DELETE `/{user}` revokes.
    public static final String USERS = ROOT + "/users";

    /// POST to `MACHINES/{machine}/revocation` or `PROCESS_SERVERS/{server}/revocation`: its certificate is refused
    /// and its connections are closed, until an administrator admits it and it registers again; DELETE admits it.
    public static final String REVOCATION = "/revocation";

    /// GET a list of [AuditRecord] after `?after=NUMBER`, oldest first, a page at a time.
    public static final String AUDIT = ROOT + "/audit";

    /// GET an [AuditVerification].
    public static final String AUDIT_VERIFICATION = AUDIT + "/verification";

    /// GET a list of policies, POST a new one, PUT `/{policy}` to change one, DELETE `/{policy}`.
    public static final String POLICIES = ROOT + "/policies";

    /// GET a list of [ProcessServerView].
    public static final String PROCESS_SERVERS = ROOT + "/process-servers";

    /// GET a page of [MachineView] by identity, past `?after=`, at most `?limit=`, until one is empty; `/{machine}`
    /// for one; DELETE `/{machine}` forgets a machine that is not protected.
    public static final String MACHINES = ROOT + "/machines";

    /// POST [ProtectRequest] to, or DELETE, `MACHINES/{machine}/protection`; answers a [JobView].
    public static final String PROTECTION = "/protection";

    /// PUT a [dev.breakwater.control.processserver.ThrottleSetting] to, or DELETE, `PROCESS_SERVERS/{server}/throttle`;
    /// answers a [ProcessServerView].
    public static final String THROTTLE = "/throttle";

    /// GET figures of the whole site in the text format of Prometheus.
    public static final String METRICS = "/metrics";

    /// GET what each thread of the server does now, as text.
    public static final String THREADS = ROOT + "/threads";

    /// GET without a certificate: 200 with `{"status":"up"}` if requests can be answered, else 503 with `down`.
    public static final String HEALTH = "/health";

    /// PUT [MoveRequest] to `MACHINES/{machine}/process-server`; answers a [JobView].
    public static final String PROCESS_SERVER = "/process-server";

    /// PUT [PolicyChoice] to `MACHINES/{machine}/policy`; answers a [JobView].
    public static final String POLICY = "/policy";

    /// GET a list of recovery points of, or POST [PointRequest] to, `MACHINES/{machine}/points`; POST answers a
    /// [JobView].
    public static final String POINTS = "/points";

    /// POST to `MACHINES/{machine}/resynchronisation`; answers a [JobView].
    public static final String RESYNCHRONISATION = "/resynchronisation";

    /// POST [TestFailoverRequest] to `MACHINES/{machine}/test-failover`; answers a [JobView].
    public static final String TEST_FAILOVER = "/test-failover";

    /// POST [CleanUpRequest] to `MACHINES/{machine}/test-failover/clean-up`; answers a [JobView].
    public static final String CLEAN_UP = TEST_FAILOVER + "/clean-up";

    /// GET [RpoHistory] of `MACHINES/{machine}/rpo`.
    public static final String RPO = "/rpo";

    /// GET `JOBS/{job}/screenshot`: a picture (PNG) of the screen of a test failover's machine.
    public static final String SCREENSHOT = "/screenshot";

    /// GET a list of [JobView], newest first, `?machine=` and `?limit=` narrow it; `/{job}` for one, with
    /// `?after=VERSION` at once if its version is another, else when it changes or after 30 s.
    public static final String JOBS = ROOT + "/jobs";

    /// GET a list of [Event] after `?after=NUMBER`, oldest first, or before `?before=NUMBER`, newest first, at most
    /// `?limit=`; `?machine=` gives only those about it.
    public static final String EVENTS = ROOT + "/events";

    /// GET the same as server-sent events, without end.
    public static final String EVENT_STREAM = EVENTS + "/stream";

    private AdminPaths() {}
}
