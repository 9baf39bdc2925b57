package dev.breakwater.launcher.admin;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.control.admin.UserView;
import dev.breakwater.launcher.terminal.Table;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The group `users`.
@Command(
        name = "users",
        description =
                "Says which people may ask the engine, and what. A viewer looks; an operator also takes points and"
                        + " tries recovery; an administrator does everything.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UserCommands.ListUsers.class, UserCommands.Issue.class, UserCommands.Revoke.class})
public final class UserCommands {

    /// For picocli.
    public UserCommands() {}

    /// `users list`.
    @Command(name = "list", description = "Lists people who have or had a certificate.")
    static final class ListUsers implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<UserView> users = client.users();
                if (engine.json()) {
                    engine.print(users, "");
                    return 0;
                }
                Table table = new Table("USER", "ROLE", "ISSUED", "CERTIFICATE UNTIL", "REVOKED", "ID");
                for (UserView user : users) {
                    table.row(
                            user.name(),
                            user.role(),
                            user.createdAt(),
                            user.certificateUntil(),
                            user.revokedAt() == null ? "-" : user.revokedAt(),
                            user.id());
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `users issue`.
    @Command(
            name = "issue",
            description = "Issues a person's key and certificate into a folder. The person uses it as --data; commands"
                    + " renew the certificate when they are used in its last third.")
    static final class Issue implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "What the person is called.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "viewer, operator or administrator.")
        private String role = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "DIR",
                description = "Where to write key, certificate and address; only its owner may read them.")
        private Path to = Path.of("");

        @Option(
                names = "--address",
                paramLabel = "HOST:PORT",
                description = "How the person reaches the engine; as this command does if not given.")
        private @Nullable String address;

        @Override
        public Integer call() throws Exception {
            if (TlsIdentity.existsIn(to)) {
                throw new IOException(
                        "There is a key in " + to + " already; no certificate was issued. Choose another" + " folder.");
            }
            PeerRole chosen = PeerRole.ofWord(role)
                    .filter(PeerRole::isUser)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"" + role + "\" is no role. Roles: viewer, operator, administrator."));
            EngineAddress reached = address == null ? engine.address() : EngineAddress.parse(address);
            try (AdminClient client = engine.connect()) {
                TlsIdentity identity =
                        client.issueUser(name, chosen, engine.identity().trustedCa());
                EngineAccess.save(to, identity, reached);
                engine.print(
                        Map.of(
                                "name",
                                name,
                                "role",
                                chosen.word(),
                                "folder",
                                to.toString(),
                                "certificateUntil",
                                identity.certificate().getNotAfter().toInstant()),
                        "The key of " + name + " (" + chosen.word() + ") is in " + to
                                + ". Bring the folder to the person in a way that nobody else can read it.");
            }
            return 0;
        }
    }

    /// `users revoke`.
    @Command(name = "revoke", description = "Refuses a person's certificate from now on, and closes what is open.")
    static final class Revoke implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name or identity.")
        private String name = "";

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.revokeUser(name);
                engine.print(Map.of("revoked", name), name + " is refused from now on.");
            }
            return 0;
        }
    }
}
