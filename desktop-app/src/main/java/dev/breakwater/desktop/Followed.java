package dev.breakwater.desktop;

import dev.breakwater.desktop.shell.PageAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Page addresses from another program, a line each. What is no address is passed over.
final class Followed {

    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private final InputStream in;
    private final Consumer<PageAddress> go;
    private final Runnable ended;

    /// @param go is called on the JavaFX thread with each address
    /// @param ended is called on the JavaFX thread when no more will come
    Followed(InputStream in, Consumer<PageAddress> go, Runnable ended) {
        this.in = in;
        this.go = go;
        this.ended = ended;
    }

    /// Reads on a thread of its own, to the end.
    void start() {
        Thread.ofPlatform().daemon().name("followed").start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .forEach(line -> PageAddress.parse(line.strip())
                            .ifPresentOrElse(
                                    address -> Platform.runLater(() -> go.accept(address)),
                                    () -> LOG.warn("{} is no page's address.", line)));
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("No more addresses can be read; the window closes.", e);
        } finally {
            Platform.runLater(ended);
        }
    }
}
