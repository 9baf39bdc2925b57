package dev.breakwater.desktop.parts;

import dev.breakwater.control.admin.JobView;
import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;

/// The icon of where a job or a step stands; always beside a word.
public final class JobMarks {

    private JobMarks() {}

    /// The icon of a state.
    public static Node icon(JobView.State state) {
        return switch (state) {
            case WAITING -> Marks.icon(Feather.CIRCLE, "tone-muted");
            case RUNNING -> Marks.icon(Feather.PLAY_CIRCLE, "tone-accent");
            case SUCCEEDED -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
            case FAILED -> Marks.icon(Feather.X_CIRCLE, "tone-danger");
        };
    }
}
