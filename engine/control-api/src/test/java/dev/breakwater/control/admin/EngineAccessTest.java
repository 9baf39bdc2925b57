package dev.breakwater.control.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The replication port in an engine's folder")
class EngineAccessTest {

    @TempDir
    Path data;

    @Test
    @DisplayName("is what the engine left there last, and unknown before it ever ran")
    void lastOne() throws Exception {
        assertThat(EngineAccess.replicationPort(data)).isEmpty();
        EngineAccess.publishReplicationPort(data, 9443);
        EngineAccess.publishReplicationPort(data, 36331);
        assertThat(EngineAccess.replicationPort(data)).hasValue(36331);
    }

    @ParameterizedTest
    @DisplayName("is refused if it cannot be one, with what to do")
    @ValueSource(strings = {"", "0", "65536", "99999999999", "-1", "9443 x"})
    void noPort(String text) throws Exception {
        EngineAccess.publishReplicationPort(data, 9443);
        Files.writeString(data.resolve("admin").resolve("replication-port"), text);
        assertThatThrownBy(() -> EngineAccess.replicationPort(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no port")
                .hasMessageContaining("Delete the file");
    }
}
