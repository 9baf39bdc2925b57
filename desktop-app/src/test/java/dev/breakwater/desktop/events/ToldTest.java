package dev.breakwater.desktop.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.ProblemCause;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.SampleWords;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An event")
class ToldTest {

    private static String told(Event event, String language) {
        Units units = new Units(new Texts(Locale.of(language)), ZoneOffset.UTC);
        return Told.of(event, new EngineWords(units)).message();
    }

    private static Event event(EventKind kind, String text, Object... values) {
        return Event.of(SampleSite.NOW, Health.NORMAL, kind, null, null, text, values);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("of each kind that the engine knows has a sentence in both languages, which says what belongs to it")
    void everyKind(EventKind kind) {
        Event event = event(kind, "Only the engine says so.", SampleWords.values(kind));
        List<String> sentences = List.of(told(event, "en"), told(event, "es"));
        assertThat(sentences).doesNotContain(event.text()).doesNotHaveDuplicates();
        for (String figure : SampleWords.figures(kind)) {
            assertThat(sentences).allSatisfy(sentence -> assertThat(sentence).contains(figure));
        }
    }

    @Test
    @DisplayName("of a job names it as the list of jobs does")
    void job() {
        Event event = event(EventKind.JOB_FAILED, "It failed.", JobView.Kind.RESYNCHRONISE, "web-1", "No answer.");
        assertThat(told(event, "es")).isEqualTo("El trabajo «Resincronización» de web-1 ha fallado: No answer.");
        assertThat(told(event, "en")).isEqualTo("The job “Resynchronisation” of web-1 failed: No answer.");
    }

    @Test
    @DisplayName("of a recovery point tells its time as the reader's country writes it, and no identity")
    void point() {
        Event event = event(EventKind.POINT_DURABLE, "In the vault.", "web-1", SampleSite.NOW, "4-2");
        assertThat(told(event, "es")).isEqualTo("El punto de web-1 del 26 nov 2026, 10:42:00 está en el almacén.");
        Event nonsense = event(EventKind.POINT_DURABLE, "In the vault.", "web-1", "some day", "4-2");
        assertThat(told(nonsense, "es")).as("not a time").isEqualTo("In the vault.");
    }

    @Test
    @DisplayName("of a machine that is not well says why, in the same language")
    void why() {
        Event event = event(EventKind.HEALTH_CHANGED, "web-1 needs attention.", "web-1")
                .because(List.of(
                        ProblemCause.SILENT.problem("Silent.", 4),
                        ProblemCause.VAULT_UNREACHABLE.problem("No vault.")));
        assertThat(told(event, "es"))
                .isEqualTo(
                        "web-1 requiere atención. Sin noticias desde hace 4\u00a0min. No se puede acceder al almacén.");
    }

    @Test
    @DisplayName("of a newer engine, or of one that gave no values, keeps the engine's text")
    void unknown() {
        for (String kind : List.of("sun-rose", "machine-removed")) {
            assertThat(told(
                            new Event(
                                    1,
                                    SampleSite.NOW,
                                    Health.NORMAL,
                                    kind,
                                    null,
                                    null,
                                    Map.of(),
                                    List.of(),
                                    "The engine's text."),
                            "es"))
                    .isEqualTo("The engine's text.");
        }
    }
}
