package dev.breakwater.testkit;

import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A damaged key or certificate file")
class IdentityFuzzTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is refused, or still an identity")
    void identity() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("test", Instant.now());
        authority
                .newIdentity(new PeerName(PeerRole.MACHINE, new UUID(1, 2)), List.of(), Instant.now())
                .save(folder);
        Path file = folder.resolve("identity.pem");
        Fuzz.of("identity")
                .good(Files.readAllBytes(file))
                .words("-----BEGIN CERTIFICATE-----", "-----END PRIVATE KEY-----", "====")
                .refusesWith(IOException.class)
                .usually(200)
                .run(input -> {
                    Files.write(file, input);
                    TlsIdentity.load(folder).certificate().getNotAfter();
                });
    }
}
