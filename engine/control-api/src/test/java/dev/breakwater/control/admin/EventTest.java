package dev.breakwater.control.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlJson;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An event")
class EventTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:42:00Z");

    @Test
    @DisplayName("tells its kind as a stable word with values and problems, and survives the journey")
    void journey() throws JsonProcessingException {
        Problem problem = ProblemCause.SILENT.problem("Nothing has been heard for 4 min.", 4);
        Event event = Event.of(NOW, Health.WARNING, EventKind.HEALTH_CHANGED, null, null, "web-1 is silent.", "web-1")
                .because(Collections.nCopies(9, problem));
        assertThat(event.kind()).isEqualTo("health-changed");
        assertThat(event.values()).isEqualTo(Map.of("name", "web-1"));
        assertThat(event.problems()).hasSize(Event.MAX_PROBLEMS);
        String json = ControlJson.mapper().writeValueAsString(event);
        assertThat(ControlJson.mapper().readValue(json, Event.class)).isEqualTo(event);
    }

    @Test
    @DisplayName("of an older engine has no values, and its text, however long")
    void older() throws JsonProcessingException {
        String text = "x".repeat(10_000);
        Event event = ControlJson.mapper()
                .readValue(
                        "{\"number\":7,\"time\":\"2026-11-26T10:42:00Z\",\"severity\":\"NORMAL\",\"kind\":\"job-failed\","
                                + "\"text\":\"" + text + "\"}",
                        Event.class);
        assertThat(event.values()).isEmpty();
        assertThat(event.problems()).isEmpty();
        assertThat(event.text()).isEqualTo(text);
    }

    @Test
    @DisplayName("is cut where a machine says more than a page of events can hold")
    void lengthy() {
        String said = "x".repeat(100_000);
        Event event =
                Event.of(NOW, Health.CRITICAL, EventKind.VAULT_LOST_POINTS, null, null, said, "web-1", 5, 7, said);
        assertThat(event.text()).hasSizeLessThan(4000).endsWith("…");
        assertThat(event.values().get("reason")).hasSize(StableWord.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has a kind that is found again by its word")
    void words(EventKind kind) {
        assertThat(StableWord.of(EventKind.class, kind.word())).contains(kind);
    }
}
