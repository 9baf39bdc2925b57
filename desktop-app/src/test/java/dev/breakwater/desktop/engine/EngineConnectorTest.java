package dev.breakwater.desktop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.door.UnreachableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be told of an engine that does not answer.
class EngineConnectorTest {

    @TempDir
    private Path data;

    @Test
    @DisplayName("a folder without an engine is told as such at once, not as a silent engine")
    void absent() throws Exception {
        assertThat(firstTold(connector()).connection()).isEqualTo(Connection.ABSENT);
        assertThat(firstTold(connector()).outdated()).isFalse();
    }

    @Test
    @DisplayName("an engine that was set up and at whose port nobody listens is stopped; one with a listener is not")
    void stopped() throws Exception {
        Files.writeString(data.resolve("engine.p12"), "");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineAccess.publish(data, new EngineAddress("127.0.0.1", listener.getLocalPort()));
            assertThatThrownBy(() -> connector().connect().close()).isNotInstanceOf(UnreachableException.class);
        }
        assertThat(firstTold(connector()).connection()).isEqualTo(Connection.STOPPED);
    }

    private EngineConnector connector() {
        return new EngineConnector(new LocalEngine(data, new EngineProgram(null)), null);
    }

    private static Snapshot firstTold(EngineConnector connector) throws Exception {
        CompletableFuture<Snapshot> told = new CompletableFuture<>();
        try (EngineDoor door = new EngineDoor(connector, InstantSource.system())) {
            door.listen(snapshot -> {
                if (snapshot.problem() != null) {
                    told.complete(snapshot);
                }
            });
            return told.get(30, TimeUnit.SECONDS);
        }
    }
}
