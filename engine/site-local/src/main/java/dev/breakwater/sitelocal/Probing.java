package dev.breakwater.sitelocal;

import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Asks a running machine for a sign of life until it gives one.
final class Probing {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Connections to a machine's ports are accepted before anybody listens in the machine: only an answer counts,
    /// and one that is not there soon will not come on this connection.
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(3);

    /// What a person or a test reads of an answer.
    private static final int MAX_ANSWER_BYTES = 4096;

    /// A serial log is searched up to here; no machine prints more while it boots.
    private static final int MAX_LOG_BYTES = 16 << 20;

    private final QemuRun run;
    private final LongSupplier nanos;
    private String lastTrouble = "no answer yet";

    Probing(QemuRun run, LongSupplier nanos) {
        this.run = run;
        this.nanos = nanos;
    }

    ProbeResult ask(Probe probe, Duration patience) throws InterruptedException {
        long deadline = nanos.getAsLong() + patience.toNanos();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER_DEADLINE)
                .build()) {
            while (true) {
                Optional<String> answer = askOnce(probe, http);
                if (answer.isPresent()) {
                    return new ProbeResult(probe.description(), true, answer.get(), run.sinceStartMillis());
                }
                if (!run.running()) {
                    return failed(probe, "the machine switched itself off; before that: " + lastTrouble);
                }
                if (nanos.getAsLong() >= deadline) {
                    return failed(probe, "not within " + patience.toSeconds() + " s: " + lastTrouble);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private ProbeResult failed(Probe probe, String why) {
        return new ProbeResult(probe.description(), false, why, run.sinceStartMillis());
    }

    private Optional<String> askOnce(Probe probe, HttpClient http) throws InterruptedException {
        try {
            return switch (probe) {
                case Probe.SerialText serial -> serial(serial);
                case Probe.HttpAnswer page -> http(page, http);
                case Probe.TcpAnswer tcp -> tcp(tcp);
            };
        } catch (IOException e) {
            lastTrouble = e.getMessage() == null ? e.toString() : e.getMessage();
            return Optional.empty();
        }
    }

    private Optional<String> serial(Probe.SerialText probe) throws IOException {
        Path log = run.files().serialLog();
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        String text;
        try (InputStream in = Files.newInputStream(log)) {
            text = new String(in.readNBytes(MAX_LOG_BYTES), StandardCharsets.UTF_8);
        }
        lastTrouble = "the machine printed " + text.length() + " characters, the last: "
                + text.substring(Math.max(0, text.length() - 200)).strip();
        return text.lines().filter(line -> line.contains(probe.text())).findFirst();
    }

    private Optional<String> http(Probe.HttpAnswer probe, HttpClient http) throws IOException, InterruptedException {
        InetSocketAddress address = address(probe.port());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + probe.path()))
                .timeout(ANSWER_DEADLINE)
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String body;
        try (InputStream in = response.body()) {
            body = new String(in.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
        if (response.statusCode() / 100 != 2 || !body.contains(probe.expected())) {
            lastTrouble = "HTTP status " + response.statusCode() + ": "
                    + body.substring(0, Math.min(200, body.length())).strip();
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private Optional<String> tcp(Probe.TcpAnswer probe) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(address(probe.port()), (int) ANSWER_DEADLINE.toMillis());
            long deadline = nanos.getAsLong() + ANSWER_DEADLINE.toNanos();
            while (nanos.getAsLong() < deadline) {
                if (run.accepted(probe.port())) {
                    return Optional.of("connection accepted");
                }
                Thread.sleep(PAUSE);
            }
            lastTrouble = "the machine does not accept the connection";
            return Optional.empty();
        }
    }

    private InetSocketAddress address(int port) throws IOException {
        InetSocketAddress address = run.status().reachable().get(port);
        if (address == null) {
            throw new IOException("port " + port + " was not among the ports that the order wanted reachable");
        }
        return address;
    }
}
