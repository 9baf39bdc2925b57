package dev.breakwater.configurationserver.access;

import dev.breakwater.platform.tls.PeerRole;

/// Who may ask for a resource.
public enum Access {
    /// Whoever reaches the port, without a certificate.
    ANYBODY("anybody"),
    /// A registered machine, for itself.
    MACHINE("machine"),
    /// A registered process server, for itself.
    PROCESS_SERVER("process-server"),
    /// A person who may look, and everybody who may more.
    VIEWER("viewer"),
    /// A person who may take points and try recovery, and everybody who may more.
    OPERATOR("operator"),
    /// A person who may change what is protected, how, and who may do what.
    ADMINISTRATOR("administrator");

    private final String word;

    Access(String word) {
        this.word = word;
    }

    /// The word in openapi.yaml and in refusals: the least role that may ask.
    public String word() {
        return word;
    }

    /// Whether a caller with a certificate of that role may ask.
    public boolean admits(PeerRole role) {
        return switch (this) {
            case ANYBODY -> false;
            case MACHINE -> role == PeerRole.MACHINE;
            case PROCESS_SERVER -> role == PeerRole.PROCESS_SERVER;
            case VIEWER -> role.isUser();
            case OPERATOR -> role == PeerRole.OPERATOR || role == PeerRole.ADMINISTRATOR;
            case ADMINISTRATOR -> role == PeerRole.ADMINISTRATOR;
        };
    }
}
