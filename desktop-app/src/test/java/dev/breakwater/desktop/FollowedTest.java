package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.shell.PageAddress;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowedTest {

    @Test
    @DisplayName(
            "the window is led from address to address in their order, passes over what is none, and ends with them")
    void led() throws Exception {
        List<PageAddress> shown = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Fx.run(() -> new Followed(
                        new ByteArrayInputStream("breakwater://dashboard\nnowhere\n\nbreakwater://machine/7\n"
                                .getBytes(StandardCharsets.UTF_8)),
                        shown::add,
                        ended::countDown)
                .start());
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shown).containsExactly(PageAddress.of("dashboard"), PageAddress.of("machine", "7"));
    }
}
