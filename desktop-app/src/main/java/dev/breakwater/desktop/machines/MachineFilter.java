package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.shell.PageAddress;
import java.util.Locale;

/// Which machines the table shows. Part of the page's address, so it can be sent by mail.
///
/// @param text words that must all occur in name, host name or operating system
/// @param health a health in lower case, `attention` for warning and critical, or empty
/// @param state a state in lower case, or empty
/// @param policy name of a policy, or empty
/// @param server name of a process server, or empty
/// @param readiness a readiness in lower case, or empty
record MachineFilter(String text, String health, String state, String policy, String server, String readiness) {

    /// Warning or critical.
    static final String ATTENTION = "attention";

    private static final String TEXT = "text";
    private static final String HEALTH = "health";
    private static final String STATE = "state";
    private static final String POLICY = "policy";
    private static final String SERVER = "server";
    private static final String READINESS = "readiness";

    static MachineFilter of(PageAddress address) {
        return new MachineFilter(
                address.parameter(TEXT),
                address.parameter(HEALTH),
                address.parameter(STATE),
                address.parameter(POLICY),
                address.parameter(SERVER),
                address.parameter(READINESS));
    }

    PageAddress in(PageAddress address) {
        return address.with(TEXT, text)
                .with(HEALTH, health)
                .with(STATE, state)
                .with(POLICY, policy)
                .with(SERVER, server)
                .with(READINESS, readiness);
    }

    MachineFilter withText(String wanted) {
        return new MachineFilter(wanted, health, state, policy, server, readiness);
    }

    MachineFilter withHealth(String wanted) {
        return new MachineFilter(text, wanted, state, policy, server, readiness);
    }

    MachineFilter withState(String wanted) {
        return new MachineFilter(text, health, wanted, policy, server, readiness);
    }

    MachineFilter withPolicy(String wanted) {
        return new MachineFilter(text, health, state, wanted, server, readiness);
    }

    MachineFilter withServer(String wanted) {
        return new MachineFilter(text, health, state, policy, wanted, readiness);
    }

    MachineFilter withReadiness(String wanted) {
        return new MachineFilter(text, health, state, policy, server, wanted);
    }

    boolean isEmpty() {
        return text.isBlank()
                && health.isEmpty()
                && state.isEmpty()
                && policy.isEmpty()
                && server.isEmpty()
                && readiness.isEmpty();
    }

    /// Its words in lower case; to be worked out once per run over the rows.
    String[] words() {
        return text.isBlank()
                ? new String[0]
                : text.strip().toLowerCase(Locale.ROOT).split(" +", -1);
    }

    boolean matches(MachineRow row, String[] words) {
        for (String word : words) {
            if (!row.key().contains(word)) {
                return false;
            }
        }
        return matchesHealth(row.health())
                && (state.isEmpty() || state.equalsIgnoreCase(row.state().name()))
                && (policy.isEmpty() || policy.equals(row.machine().policy()))
                && (server.isEmpty() || server.equals(row.machine().processServerName()))
                && (readiness.isEmpty() || readiness.equalsIgnoreCase(String.valueOf(row.readiness())));
    }

    private boolean matchesHealth(MachineHealth each) {
        return health.isEmpty()
                || health.equalsIgnoreCase(each.name())
                || (health.equals(ATTENTION) && (each == MachineHealth.WARNING || each == MachineHealth.CRITICAL));
    }
}
