package dev.breakwater.desktop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.desktop.fixture.SampleSite;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobsModelTest {

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
    @DisplayName("the drawer shows what still moves before what has ended")
    void drawer() {
        List<JobView> jobs = List.of(job(0, State.SUCCEEDED), job(1, State.RUNNING), job(2, State.WAITING));
        assertThat(JobsDrawer.inOrder(jobs))
                .extracting(JobView::state)
                .containsExactly(State.RUNNING, State.WAITING, State.SUCCEEDED);
    }
}
