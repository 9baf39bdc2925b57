package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Set-up: the steps at the left, the present one beside them. What was answered is kept at once, so that closing or a
/// crash loses nothing.
public final class SetupPage implements Page {

    private final PageContext context;
    private final Texts texts;
    private final SetupDesk desk;
    private final StepList list;
    private final Map<String, Step> steps = new HashMap<>();
    private final Label title = new Label();
    private final Label intro = new Label();
    private final VBox place = new VBox();
    private final VBox creates = new VBox();
    private final ActionButton back;
    private final ActionButton next;
    private final ProgressIndicator working = new ProgressIndicator();
    private final PageScroll scroll;
    private final BorderPane content = new BorderPane();
    private boolean showing;

    /// Set-up where it was left.
    public SetupPage(PageContext context, SetupPlace setupPlace) {
        this.context = context;
        this.texts = context.texts();
        DraftFile.Found found = new DraftFile(setupPlace.draft()).load(Steps.WORDS);
        this.desk = new SetupDesk(context, setupPlace, found.draft(), this::moved);
        this.list = new StepList(texts, this::open);
        this.back = new ActionButton(texts.get("setup.back"), () -> move(-1));
        this.next = new ActionButton("", this::next);
        title.getStyleClass().add("step-title");
        intro.getStyleClass().add("quiet");
        intro.setWrapText(true);
        creates.getStyleClass().add("creates");
        place.getStyleClass().add("step-place");
        VBox step = new VBox(title, intro, place, creates);
        step.getStyleClass().add("step-body");
        scroll = new PageScroll(step);
        BorderPane right = new BorderPane(scroll);
        right.setBottom(buttons());
        content.getStyleClass().addAll("page", "setup");
        content.setLeft(list);
        content.setCenter(right);
        if (found.aside() != null) {
            context.navigator().toast(texts.get("setup.aside", found.aside().toString()));
        }
        open(found.draft().step());
    }

    private HBox buttons() {
        Button close = new Button(texts.get("setup.close"));
        close.setId("setup-close");
        close.getStyleClass().add("flat");
        close.setOnAction(event -> context.navigator().go(PageAddress.of("dashboard")));
        back.setId("setup-back");
        next.setId("setup-next");
        next.getStyleClass().add("accent");
        next.setDefaultButton(true);
        working.setId("setup-working");
        working.setMaxSize(20, 20);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(close, space, working, back, next);
        buttons.setAlignment(Pos.CENTER_LEFT);
        buttons.getStyleClass().add("step-buttons");
        return buttons;
    }

    private String word() {
        return desk.draft().step();
    }

    private Step step() {
        return steps.computeIfAbsent(
                word(), word -> Steps.ALL.get(Steps.WORDS.indexOf(word)).make().apply(desk));
    }

    private void open(String word) {
        desk.keep(desk.draft().at(word));
        Step step = step();
        title.setText(texts.get("setup.step." + word + ".title"));
        intro.setText(texts.get("setup.step." + word + ".intro"));
        place.getChildren().setAll(step.content());
        scroll.setVvalue(0);
        moved();
    }

    private void next() {
        Optional<Node> wrong = step().firstProblem();
        if (wrong.isPresent()) {
            wrong.get().requestFocus();
        } else if (step().next()) {
            desk.keep(desk.draft().completed(word()));
            if (word().equals(Steps.WORDS.getLast())) {
                context.navigator().go(PageAddress.of("machines"));
            } else {
                move(1);
            }
        }
    }

    private void move(int by) {
        open(Steps.WORDS.get(Math.clamp(Steps.WORDS.indexOf(word()) + by, 0, Steps.WORDS.size() - 1)));
        next.requestFocus();
    }

    /// Shows what has changed. A step that answers while it is shown does not begin anew.
    private void moved() {
        if (showing) {
            return;
        }
        showing = true;
        try {
            Step step = step();
            step.update(desk.snapshot());
            list.show(desk.draft());
            String busy = desk.busy() ? texts.get("setup.busy") : null;
            back.refuse(word().equals(Steps.WORDS.getFirst()) ? texts.get("setup.back.first") : busy);
            next.setText(step.nextWord()
                    .orElseGet(() -> texts.get(word().equals(Steps.WORDS.getLast()) ? "setup.finish" : "setup.next")));
            next.refuse(busy);
            working.setVisible(desk.busy());
            showCreates(step.creates());
            context.navigator().badge("setup", SetupProgress.badge(desk.draft()));
        } finally {
            showing = false;
        }
    }

    private void showCreates(List<String> sentences) {
        creates.setVisible(!sentences.isEmpty());
        creates.setManaged(!sentences.isEmpty());
        creates.getChildren().clear();
        if (!sentences.isEmpty()) {
            Label head = new Label(texts.get("setup.creates"));
            head.getStyleClass().add("strong");
            creates.getChildren().add(head);
            for (String sentence : sentences) {
                Label line = Marks.label(Feather.PLUS, "tone-muted", sentence);
                line.setWrapText(true);
                creates.getChildren().add(line);
            }
        }
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        desk.see(snapshot);
        moved();
    }
}
