package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.CommandText;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.setup.ReviewModel.Item;
import dev.breakwater.desktop.texts.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What will be created, and the commands that would do the same; then does it, one order after the other.
/// What is there already is not ordered again, so a repeat after a failure goes on where it stopped.
final class ReviewStep implements Step {

    private static final UUID NO_JOB = new UUID(0, 0);

    private final SetupDesk desk;
    private final Texts texts;
    private final VBox rows = new VBox();
    private final VBox byHand = new VBox();
    private final CommandText commands;
    private final VBox content;
    /// The job that each order began; [#NO_JOB] if it was done at once.
    private final Map<String, UUID> ordered = new HashMap<>();

    private final Map<String, String> failures = new HashMap<>();

    ReviewStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        rows.getStyleClass().add("rows");
        Label head = new Label(texts.get("setup.review.commands"));
        head.getStyleClass().add("strong");
        commands = new CommandText(texts, head.getText());
        byHand.getChildren().setAll(head, commands);
        byHand.getStyleClass().add("fields");
        content = new VBox(rows, byHand);
        content.getStyleClass().add("choices");
    }

    private ReviewModel model() {
        Figures figures = desk.figures();
        return figures == null
                ? new ReviewModel(List.of())
                : ReviewModel.of(figures, desk.draft(), desk.place().options());
    }

    private List<Item> open() {
        return model().open().stream().filter(item -> !isGiven(item)).toList();
    }

    /// Whether it was ordered from here and has not failed since.
    private boolean isGiven(Item item) {
        JobView job = item.job();
        boolean failed =
                job != null && job.state() == JobView.State.FAILED && job.id().equals(ordered.get(item.id()));
        return ordered.containsKey(item.id()) && !failed;
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        rows.getChildren().setAll(model().items().stream().map(this::row).toList());
        List<Item> open = open();
        byHand.setVisible(!open.isEmpty());
        byHand.setManaged(!open.isEmpty());
        commands.show(new ReviewModel(open).commands());
    }

    private Node row(Item item) {
        String failure = failures.get(item.id());
        Label name = new Label(
                texts.get(item.policy() != null ? "setup.review.policy" : "setup.review.protect", item.name()));
        VBox words = new VBox(name);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        String detail = detail(item, failure);
        if (!detail.isEmpty()) {
            Label below = new Label(detail);
            below.getStyleClass().add(failure == null ? "quiet" : "failure");
            below.setWrapText(true);
            words.getChildren().add(below);
        }
        Label state = new Label(stateWord(item, failure));
        state.getStyleClass().add("quiet");
        state.setMinWidth(Label.USE_PREF_SIZE);
        HBox row = new HBox(icon(item, failure), words, state);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        return row;
    }

    private String detail(Item item, @Nullable String failure) {
        if (failure != null) {
            return failure;
        }
        JobView job = item.job();
        if (job != null && job.state() == JobView.State.FAILED && job.error() != null) {
            return job.error().text();
        }
        if (item.machine() != null && item.state() == ReviewModel.State.TO_DO) {
            return String.join(" · ", item.machine().devices());
        }
        return job == null
                ? ""
                : job.steps().stream()
                        .filter(step -> step.state() == JobView.State.RUNNING)
                        .map(step -> texts.get(
                                "setup.review.step",
                                step.title(),
                                desk.context().units().percent(job.progress())))
                        .findFirst()
                        .orElse("");
    }

    private String stateWord(Item item, @Nullable String failure) {
        if (failure != null) {
            return texts.get("setup.review.refused");
        }
        return texts.get("setup.review.state." + state(item).name());
    }

    private ReviewModel.State state(Item item) {
        boolean given = item.state() == ReviewModel.State.TO_DO && isGiven(item);
        return given ? ReviewModel.State.UNDER_WAY : item.state();
    }

    private FontIcon icon(Item item, @Nullable String failure) {
        if (failure != null) {
            return Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
        }
        return switch (state(item)) {
            case TO_DO -> Marks.icon(Feather.CIRCLE, "tone-muted");
            case UNDER_WAY -> Marks.icon(Feather.REFRESH_CW, "tone-accent");
            case THERE -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
        };
    }

    @Override
    public Optional<Node> firstProblem() {
        return Optional.empty();
    }

    @Override
    public List<String> creates() {
        return List.of();
    }

    @Override
    public Optional<String> nextWord() {
        if (open().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(texts.get(failures.isEmpty() ? "setup.review.do" : "setup.review.again"));
    }

    @Override
    public boolean next() {
        List<Item> open = open();
        if (open.isEmpty()) {
            return !model().items().isEmpty() || desk.figures() != null;
        }
        failures.clear();
        desk.busy(true);
        give(open, 0);
        return false;
    }

    /// Gives the orders one after the other and stops at the first that is refused.
    private void give(List<Item> open, int index) {
        if (index == open.size()) {
            desk.busy(false);
            return;
        }
        Item item = open.get(index);
        String policy = PolicyModel.of(desk.draft()).name();
        desk.context()
                .ask(
                        engine -> item.policy() != null
                                ? engine.createPolicy(item.policy())
                                : engine.protect(
                                        item.id(),
                                        Objects.requireNonNull(item.machine()).request(policy)),
                        done -> {
                            ordered.put(item.id(), done instanceof JobView job ? job.id() : NO_JOB);
                            give(open, index + 1);
                        },
                        refusal -> {
                            failures.put(item.id(), refusal);
                            desk.busy(false);
                        });
    }
}
