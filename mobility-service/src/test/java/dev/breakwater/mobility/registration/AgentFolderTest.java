package dev.breakwater.mobility.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.registration.AgentFolder.Registration;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The mobility service's folder")
class AgentFolderTest {

    @TempDir
    Path path;

    private AgentFolder folder;

    @BeforeEach
    void register() throws IOException {
        folder = new AgentFolder(path);
        UUID machine = new UUID(1, 2);
        Instant now = Instant.now();
        folder.save(
                new Registration("localhost:1", new MachineId(machine), "db-1"),
                CertificateAuthority.create("test", now)
                        .newIdentity(new PeerName(PeerRole.MACHINE, machine), List.of(), now));
        Files.writeString(folder.orders(), "{}");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    @DisplayName(
            "keeps nothing of a registration that has ended, neither a key that was being written when a program died")
    void nothingIsLeft() throws IOException {
        Files.writeString(folder.identityFolder().resolve("identity.pem.new"), "half a key");
        Files.writeString(path.resolve("replication.json.new"), "half");
        folder.forgetRegistration();
        assertThat(files()).isEmpty();
    }

    @Test
    @DisplayName("knows of a registration until all of it is gone, so that its end can be repeated")
    void registrationLast() throws Exception {
        // Cannot be deleted: what follows it stands for what a program that dies here has not done.
        Path identity = folder.identityFolder().resolve("identity.pem");
        Files.delete(identity);
        Files.createDirectories(identity.resolve("occupied"));
        assertThatThrownBy(folder::forgetRegistration).isInstanceOf(IOException.class);
        assertThat(folder.registration()).isPresent();
        Files.delete(identity.resolve("occupied"));
        Files.delete(identity);
        // The key is gone, so the server has answered: nobody listens at that address.
        new Registrar(folder).unregister(Registrar.Server.https(), () -> {});
        assertThat(files()).isEmpty();
    }
}
