package dev.breakwater.processserver.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a connection has received")
class InboxTest {

    private final Inbox inbox = new Inbox(2);

    @Test
    @DisplayName("holds only so many closed generations, whatever credit the machine has for them")
    void closes() throws Exception {
        int most = 2 * Protocol.MAX_OPEN_GENERATIONS;
        for (int i = 1; i <= most; i++) {
            assertThat(inbox.offer(new Message.Close(i, i, Optional.empty()))).isTrue();
        }
        assertThat(inbox.offer(new Message.Close(most + 1, most + 1, Optional.empty())))
                .isFalse();
        assertThat(inbox.take()).isInstanceOf(Message.Close.class);
        assertThat(inbox.offer(new Message.Close(most + 1, most + 1, Optional.empty())))
                .isTrue();
    }

    @Test
    @DisplayName("holds only so many questions")
    void questions() {
        assertThat(inbox.offer(new Message.BlockDigestsRequest(1, 0, 0))).isTrue();
        assertThat(inbox.offer(new Message.BlockDigestsRequest(2, 0, 0))).isTrue();
        assertThat(inbox.offer(new Message.BlockDigestsRequest(3, 0, 0))).isFalse();
    }
}
