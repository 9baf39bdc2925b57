package dev.breakwater.control.admin;

import java.util.List;

/// Why something is not as it should be: all causes that this engine tells.
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
public enum ProblemCause implements StableWord {
    /// A process server has told nothing since the configuration server started.
    SERVER_NOT_HEARD,
    /// A mobility service has told nothing since the configuration server started.
    MACHINE_NOT_HEARD,
    /// A machine or a process server has been silent for so long.
    SILENT("minutes"),
    /// A process server's processor is busy.
    PROCESSOR_LOAD("percent"),
    /// A process server's memory is in use.
    MEMORY_IN_USE("percent"),
    /// So little of a process server's cache is free.
    CACHE_LOW("percent"),
    /// What waits at a process server takes so long to upload.
    UPLOAD_SLOW("minutes"),
    /// A process server cannot reach the vault.
    VAULT_UNREACHABLE,
    /// A process server says itself what is wrong.
    SERVER_REMARK("remark"),
    /// A machine's replication stands still; the mobility service says why.
    REPLICATION_BLOCKED("remark"),
    /// A machine does not reach its process server and keeps its changes.
    SPOOLING,
    /// The newest recovery point is older than the policy allows.
    RPO_EXCEEDED("minutes", "thresholdMinutes"),
    /// A machine's clock is behind.
    CLOCK_BEHIND("minutes"),
    /// A machine's clock is ahead.
    CLOCK_AHEAD("minutes"),
    /// The certificate was taken back.
    REVOKED,
    /// There are so many problems more than a list has.
    MORE_PROBLEMS("count");

    private final List<String> valueNames;

    ProblemCause(String... valueNames) {
        this.valueNames = List.of(valueNames);
    }

    @Override
    public List<String> valueNames() {
        return valueNames;
    }

    /// A problem of this cause.
    ///
    /// @param text in English
    /// @param values one for each of [#valueNames]
    public Problem problem(String text, Object... values) {
        return new Problem(word(), named(values), StableWord.cut(text, Problem.MAX_TEXT));
    }
}
