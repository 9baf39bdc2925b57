package dev.breakwater.desktop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobsModelTest {

    private static final Instant NOW = SampleSite.NOW;
    private final Texts texts = new Texts(Locale.ENGLISH);
    private final Units units = new Units(texts, ZoneOffset.UTC);

    private static JobView job(int number, State state) {
        return SampleSite.job(number, JobView.Kind.CREATE_POINT, SampleSite.machine(number), state, 0);
    }

    @Test
    @DisplayName("a state narrows the list, and the counts stay those of all states")
    void states() {
        List<JobView> jobs = List.of(job(0, State.RUNNING), job(1, State.FAILED), job(2, State.FAILED));
        JobsModel model = JobsModel.of(jobs, "failed", "");
        assertThat(model.shown()).containsExactly(jobs.get(1), jobs.get(2));
        assertThat(model.counts())
                .containsEntry(State.RUNNING, 1)
                .containsEntry(State.FAILED, 2)
                .containsEntry(State.WAITING, 0);
        assertThat(model.all()).isEqualTo(3);
    }

    @Test
    @DisplayName("a part of a machine's name narrows the list and the counts")
    void machine() {
        List<JobView> jobs = List.of(job(0, State.RUNNING), job(1, State.FAILED));
        JobsModel model = JobsModel.of(jobs, "", " SQL ");
        assertThat(model.shown()).containsExactly(jobs.get(0));
        assertThat(model.counts()).containsEntry(State.FAILED, 0);
    }

    @Test
    @DisplayName("newer news of a job replaces older, older jobs stay, and their number is bounded")
    void merging() {
        List<JobView> known = List.of(job(1, State.RUNNING), job(2, State.FAILED));
        JobView news = job(1, State.SUCCEEDED);
        assertThat(JobsModel.merged(known, List.of(job(0, State.RUNNING), news)))
                .extracting(JobView::state)
                .containsExactly(State.RUNNING, State.SUCCEEDED, State.FAILED);
        List<JobView> many = IntStream.range(0, JobsModel.MOST + 50)
                .mapToObj(number -> job(number, State.SUCCEEDED))
                .toList();
        assertThat(JobsModel.merged(many, List.of())).hasSize(JobsModel.MOST);
    }

    @Test
    @DisplayName("a step that has not begun has no duration, a running one grows, and no clock makes one negative")
    void lengths() {
        Step waiting = new Step("a", "A", State.WAITING, null, null, 0, 0, null);
        Step running = new Step("a", "A", State.RUNNING, NOW.minusSeconds(9), null, 0, 0, null);
        Step ahead = new Step("a", "A", State.RUNNING, NOW.plusSeconds(9), null, 0, 0, null);
        Step unwritten = new Step("a", "A", State.FAILED, NOW.minusSeconds(9), null, 0, 0, null);
        assertThat(JobsModel.length(waiting, NOW)).isNull();
        assertThat(JobsModel.length(running, NOW)).isEqualTo(Duration.ofSeconds(9));
        assertThat(JobsModel.length(ahead, NOW)).isEqualTo(Duration.ZERO);
        assertThat(JobsModel.length(unwritten, NOW)).isNull();
    }

    @Test
    @DisplayName("bytes are told of steps that move data, and of no other")
    void bytes() {
        assertThat(JobsModel.bytes(new Step("a", "A", State.RUNNING, NOW, null, 5_000, 20_000, null), texts, units))
                .isEqualTo("5\u00a0KB of 20\u00a0KB");
        assertThat(JobsModel.bytes(new Step("a", "A", State.RUNNING, NOW, null, 0, 0, null), texts, units))
                .isEmpty();
    }

    @Test
    @DisplayName("the drawer shows what still moves before what has ended")
    void drawer() {
        List<JobView> jobs = List.of(job(0, State.SUCCEEDED), job(1, State.RUNNING), job(2, State.WAITING));
        assertThat(JobsDrawer.inOrder(jobs))
                .extracting(JobView::state)
                .containsExactly(State.RUNNING, State.WAITING, State.SUCCEEDED);
    }
}
