package dev.breakwater.control.processserver;

/// Addresses of the resources for process servers. The caller's certificate says which one it is.
public final class ProcessServerPaths {

    /// GET with `?after=VERSION`, answers [Assignments] at once if its version is another, else when it changes or
    /// after 30 s.
    public static final String ASSIGNMENTS = "/api/v1/process-server/assignments";

    /// POST [ProcessServerHealth].
    public static final String HEALTH = "/api/v1/process-server/health";

    /// POST [DurableReport].
    public static final String POINTS = "/api/v1/process-server/points";

    /// POST a certificate renewal, answers a registration answer.
    public static final String CERTIFICATE = "/api/v1/process-server/certificate";

    private ProcessServerPaths() {}
}
