package dev.breakwater.platform.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A clean-up")
class UninterruptedTest {

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    @Test
    @DisplayName("is done by a thread that was interrupted before, which is so again afterwards")
    void done() throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        Thread.currentThread().interrupt();
        Uninterrupted.run(() -> {
            Thread.sleep(1);
            done.set(true);
        });
        assertThat(done).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    @DisplayName("that fails says so, and the thread stays interrupted")
    void failed() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    throw new IOException("in use");
                }))
                .hasMessage("in use");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
