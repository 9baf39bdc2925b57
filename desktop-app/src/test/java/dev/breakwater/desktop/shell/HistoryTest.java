package dev.breakwater.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final PageAddress A = PageAddress.of("a");
    private static final PageAddress B = PageAddress.of("b");
    private static final PageAddress C = PageAddress.of("c");

    private final History history = new History();

    @Test
    @DisplayName("back leads to where one was, and forward again")
    void backAndForward() {
        history.go(A);
        history.go(B);
        assertThat(history.back()).contains(A);
        assertThat(history.canGoBack()).isFalse();
        assertThat(history.forward()).contains(B);
        assertThat(history.forward()).isEmpty();
    }

    @Test
    @DisplayName("going elsewhere forgets what lay ahead")
    void forgets() {
        history.go(A);
        history.go(B);
        history.back();
        history.go(C);
        assertThat(history.canGoForward()).isFalse();
        assertThat(history.back()).contains(A);
    }

    @Test
    @DisplayName("a changed filter is no step of its own")
    void replaces() {
        history.go(A);
        history.go(B);
        history.replace(C);
        assertThat(history.back()).contains(A);
        assertThat(history.forward()).contains(C);
    }

    @Test
    @DisplayName("a long walk is remembered up to a bound")
    void bounded() {
        for (int i = 0; i < 1000; i++) {
            history.go(PageAddress.of("p", Integer.toString(i)));
        }
        int steps = 0;
        while (history.back().isPresent()) {
            steps++;
        }
        assertThat(steps).isEqualTo(99);
    }
}
