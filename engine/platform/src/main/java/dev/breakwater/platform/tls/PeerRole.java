package dev.breakwater.platform.tls;

import java.util.Arrays;
import java.util.Optional;

/// What a certificate's owner is, and so what it may do.
public enum PeerRole {
    /// A protected machine, or one that may become so: the mobility service.
    MACHINE("machine"),
    /// A process server: takes replication data.
    PROCESS_SERVER("process-server"),
    /// The configuration server: the control plane.
    CONFIGURATION_SERVER("configuration-server"),
    /// A person with the console or the command line who may do everything.
    ADMINISTRATOR("administrator"),
    /// A person who may take points and try recovery, and change nothing of what is protected.
    OPERATOR("operator"),
    /// A person who may look.
    VIEWER("viewer");

    private final String word;

    PeerRole(String word) {
        this.word = word;
    }

    /// Whether it is a person's.
    public boolean isUser() {
        return this == ADMINISTRATOR || this == OPERATOR || this == VIEWER;
    }

    /// The word in certificates and messages.
    public String word() {
        return word;
    }

    /// The role with that word.
    public static Optional<PeerRole> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
