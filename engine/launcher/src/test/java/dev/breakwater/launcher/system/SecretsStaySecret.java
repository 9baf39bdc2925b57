package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// Looks for every secret of a deployment in all that people read or send around: logs, metrics, diagnostics bundles,
/// the database.
final class SecretsStaySecret {

    private static final Pattern KEY_LINES =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);

    private final Deployment deployment;

    SecretsStaySecret(Deployment deployment) {
        this.deployment = deployment;
    }

    /// @param storeSecrets of the store's credentials the parts that are secret
    void check(String machine, String... storeSecrets) throws Exception {
        Set<String> secrets = secrets(machine);
        assertThat(secrets)
                .as("passphrase, recovery key and the lines of private keys")
                .hasSizeGreaterThanOrEqualTo(6);
        secrets.addAll(List.of(storeSecrets));
        Map<String, String> seen = seen(machine);
        assertThat(seen.keySet())
                .contains("engine.log", "agent-" + machine + ".log", "metrics", "configuration.db")
                .anyMatch(name -> name.startsWith("engine.zip/logs/"))
                .contains("engine.zip/status.json", "engine.zip/threads.txt", "agent.zip/status.json");
        seen.forEach((where, text) -> secrets.forEach(secret ->
                assertThat(text.contains(secret)).as("a secret in " + where).isFalse()));
    }

    private Set<String> secrets(String machine) throws IOException {
        Set<String> secrets = new LinkedHashSet<>();
        secrets.add(deployment.passphrase());
        secrets.add(Files.readString(deployment.recoveryKey()).strip());
        for (Path folder : List.of(deployment.engineData(), deployment.agentData(machine))) {
            for (Path file : LiveTree.files(folder)) {
                if (file.toString().endsWith(".pem")) {
                    KEY_LINES
                            .matcher(Files.readString(file))
                            .results()
                            .flatMap(key -> key.group(1).lines())
                            .map(String::strip)
                            // A short last line may stand anywhere.
                            .filter(line -> line.length() > 40)
                            .forEach(secrets::add);
                }
            }
        }
        return secrets;
    }

    private Map<String, String> seen(String machine) throws Exception {
        Map<String, String> seen = new LinkedHashMap<>();
        add(seen, deployment.folder().resolve("engine.log"));
        add(seen, deployment.folder().resolve("agent-" + machine + ".log"));
        add(seen, deployment.agentData(machine).resolve("agent.log"));
        for (Path file : LiveTree.files(deployment.engineData())) {
            String name = file.getFileName().toString();
            if (name.startsWith("configuration.db") || file.getParent().endsWith("logs")) {
                seen.put(name, text(file));
            }
        }
        try (AdminClient admin = EngineAccess.connect(deployment.engineData(), null)) {
            seen.put("metrics", admin.metrics());
        }
        Path engine = deployment.folder().resolve("engine.zip");
        deployment.admin("diagnostics", "--to", engine.toString());
        unpack(seen, engine);
        Path agent = deployment.folder().resolve("agent.zip");
        deployment.agent(
                "diagnostics",
                "--to",
                agent.toString(),
                "--data",
                deployment.agentData(machine).toString());
        unpack(seen, agent);
        return seen;
    }

    private static void add(Map<String, String> seen, Path file) throws IOException {
        seen.put(file.getFileName().toString(), text(file));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static void unpack(Map<String, String> seen, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                seen.put(
                        file.getFileName() + "/" + entry.getName(),
                        new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
