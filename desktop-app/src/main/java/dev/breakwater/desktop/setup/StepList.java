package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The steps at the left: where we are, what is done, what is to be looked at again.
final class StepList extends VBox {

    private static final PseudoClass PRESENT = PseudoClass.getPseudoClass("present");

    private final Texts texts;
    private final List<ActionButton> entries = new ArrayList<>();

    StepList(Texts texts, Consumer<String> open) {
        this.texts = texts;
        getStyleClass().add("step-list");
        setAccessibleText(texts.get("setup.steps"));
        for (String word : Steps.WORDS) {
            ActionButton entry = new ActionButton("", () -> open.accept(word));
            entry.setId("step-" + word);
            entry.getStyleClass().add("step");
            entry.setMaxWidth(Double.MAX_VALUE);
            entry.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            entries.add(entry);
        }
        getChildren().setAll(entries);
    }

    void show(SetupDraft draft) {
        boolean before = true;
        for (int i = 0; i < entries.size(); i++) {
            String word = Steps.WORDS.get(i);
            boolean present = word.equals(draft.step());
            SetupDraft.State state = draft.stateOf(word);
            ActionButton entry = entries.get(i);
            entry.pseudoClassStateChanged(PRESENT, present);
            // A step can be opened once all before it were done.
            boolean later = !present && state == SetupDraft.State.OPEN && !before;
            entry.refuse(later ? texts.get("setup.step-later") : null);
            entry.setGraphic(line(i + 1, word, state));
            String name = texts.get("setup.step." + word + ".name");
            String said = texts.get("setup.state." + (present ? "PRESENT" : state.name()));
            entry.setAccessibleText(texts.get("setup.step-said", i + 1, name, said));
            before = before && state != SetupDraft.State.OPEN;
        }
    }

    private HBox line(int number, String word, SetupDraft.State state) {
        Label mark = new Label();
        mark.getStyleClass().add("number");
        switch (state) {
            case DONE -> mark.setGraphic(Marks.icon(Feather.CHECK, "tone-success"));
            case AGAIN -> mark.setGraphic(Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning"));
            case OPEN -> mark.setText(Integer.toString(number));
        }
        Label name = new Label(texts.get("setup.step." + word + ".name"));
        name.getStyleClass().add("name");
        VBox words = new VBox(name);
        words.setAlignment(Pos.CENTER_LEFT);
        if (state == SetupDraft.State.AGAIN) {
            Label again = new Label(texts.get("setup.state.AGAIN"));
            again.getStyleClass().add("quiet");
            words.getChildren().add(again);
        }
        HBox line = new HBox(mark, words);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
