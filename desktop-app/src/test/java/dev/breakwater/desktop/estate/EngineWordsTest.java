package dev.breakwater.desktop.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.JobStep;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
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

@DisplayName("What the engine tells by stable words")
class EngineWordsTest {

    private static final EngineWords ENGLISH = words(Locale.ENGLISH);
    private static final EngineWords SPANISH = words(Locale.of("es"));

    private static EngineWords words(Locale locale) {
        return new EngineWords(new Units(new Texts(locale), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has a sentence for every cause of a problem in both languages, which says all that belongs to it")
    void everyCause(ProblemCause cause) {
        Problem problem = cause.problem("Only the engine says so.", SampleWords.values(cause));
        String english = ENGLISH.of(problem);
        String spanish = SPANISH.of(problem);
        assertThat(List.of(english, spanish)).doesNotContain(problem.text()).doesNotHaveDuplicates();
        for (String figure : SampleWords.figures(cause)) {
            assertThat(List.of(english, spanish))
                    .allSatisfy(sentence -> assertThat(sentence).contains(figure));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has a name for every step of a job in both languages; one of a newer engine keeps the engine's")
    void everyStep(JobStep step) {
        JobView.Step known = step(step.word());
        assertThat(List.of(ENGLISH.of(known), SPANISH.of(known)))
                .doesNotContain(known.title())
                .doesNotHaveDuplicates();
        assertThat(SPANISH.of(step("polish-" + step.word()))).isEqualTo(known.title());
    }

    private static JobView.Step step(String name) {
        return new JobView.Step(name, "The engine's title", JobView.State.WAITING, null, null, 0, 0, null);
    }

    @Test
    @DisplayName("has figures as the console writes them everywhere")
    void figures() {
        Problem old = ProblemCause.RPO_EXCEEDED.problem("It is 101 min old, past 15 min.", 101, 15);
        assertThat(ENGLISH.of(old))
                .isEqualTo(
                        "The newest recovery point is 1\u00a0h\u00a041\u00a0min old, past the threshold of 15\u00a0min.");
        assertThat(SPANISH.of(old.of("web-1")))
                .isEqualTo(
                        "web-1: El punto de recuperación más reciente tiene 1\u00a0h\u00a041\u00a0min de antigüedad y"
                                + " supera el umbral de 15\u00a0min.");
        assertThat(SPANISH.of(ProblemCause.MORE_PROBLEMS.problem("9000 more.", 9000)))
                .startsWith("No se muestran aquí: 9.000 más");
        assertThat(ENGLISH.of(ProblemCause.CACHE_LOW.problem("Free cache space is 24 %.", 24)))
                .contains("24\u00a0%");
    }

    @Test
    @DisplayName("stays the engine's own text where the word is a newer engine's")
    void newer() {
        assertThat(SPANISH.of(new Problem("sun-too-hot", Map.of("degrees", "41"), "The sun is too hot.")))
                .isEqualTo("The sun is too hot.");
    }

    @Test
    @DisplayName("stays the engine's own text where a value is missing or no figure")
    void otherValues() {
        for (Map<String, String> values : List.of(
                Map.of("minutes", "70"),
                Map.of("minutes", "70", "thresholdMinutes", "a quarter"),
                Map.of("minutes", Long.toString(Long.MAX_VALUE), "thresholdMinutes", "15"))) {
            assertThat(SPANISH.of(new Problem("rpo-exceeded", values, "It is old.")))
                    .isEqualTo("It is old.");
        }
    }

    @Test
    @DisplayName("is one text where a machine has several problems")
    void several() {
        assertThat(SPANISH.of(
                        List.of(ProblemCause.SILENT.problem("Silent.", 4), ProblemCause.SPOOLING.problem("Spooling."))))
                .isEqualTo("Sin noticias desde hace 4\u00a0min. No se puede contactar con el servidor de procesos; los"
                        + " cambios se guardan en la propia máquina.");
    }
}
