package dev.breakwater.control.admin;

import java.util.List;

/// What happens: all kinds of event that this engine tells. The value `name` is what people call the machine, the
/// process server or the user whom it is about.
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
public enum EventKind implements StableWord {
    /// A machine has registered.
    MACHINE_REGISTERED("name"),
    /// A machine's registration has ended.
    MACHINE_REMOVED("name"),
    /// A machine's certificate was taken back.
    MACHINE_REVOKED("name"),
    /// A machine may register again.
    MACHINE_ADMITTED("name"),
    /// A process server has registered.
    PROCESS_SERVER_REGISTERED("name"),
    /// A process server's certificate was taken back.
    PROCESS_SERVER_REVOKED("name"),
    /// A process server may register again.
    PROCESS_SERVER_ADMITTED("name"),
    /// A person's certificate was taken back.
    USER_REVOKED("name"),
    /// A new passphrase was drawn.
    PASSPHRASE_ROTATED,
    /// A job began.
    JOB_CREATED("kind", "name"),
    /// A job ended as it should.
    JOB_SUCCEEDED("kind", "name"),
    /// A job ended without success.
    JOB_FAILED("kind", "name", "error"),
    /// A recovery point is in the vault; its time is that of the machine's clock.
    POINT_DURABLE("name", "time", "point"),
    /// The vault holds less than it did.
    VAULT_LOST_POINTS("name", "newestSlot", "knownSlot", "reason"),
    /// A process server told of a machine that it does not serve.
    REPORT_NOT_BELIEVED("server", "name"),
    /// Health is not normal: anew, or better or worse than it was. The problems come along.
    HEALTH_CHANGED("name"),
    /// Health is normal again.
    HEALTH_RESTORED("name"),
    /// A machine was put under another policy.
    POLICY_CHANGED("name", "policy", "formerPolicy"),
    /// What machines may send to a process server was limited.
    THROTTLE_CHANGED("name", "schedule", "zone"),
    /// What machines may send to a process server is not limited any more.
    THROTTLE_LIFTED("name"),
    /// The audit log is not the one that the vault remembers.
    AUDIT_LOG_CHANGED("record", "time");

    private final List<String> valueNames;

    EventKind(String... valueNames) {
        this.valueNames = List.of(valueNames);
    }

    @Override
    public List<String> valueNames() {
        return valueNames;
    }
}
