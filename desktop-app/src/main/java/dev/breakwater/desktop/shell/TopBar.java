package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Above the page: back and forward, where one is, search, and what needs attention.
final class TopBar extends HBox {

    private final Texts texts;
    private final Button back;
    private final Button forward;
    private final HBox path = new HBox();
    private final Button bell;
    private List<String> shownPath = List.of();

    /// What its buttons do.
    record Actions(Runnable back, Runnable forward, Runnable search, Runnable attention, Runnable help) {}

    TopBar(Texts texts, Actions actions) {
        this.texts = texts;
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);
        back = button(Feather.ARROW_LEFT, texts.get("shell.back"), actions.back());
        forward = button(Feather.ARROW_RIGHT, texts.get("shell.forward"), actions.forward());
        path.setAlignment(Pos.CENTER_LEFT);
        path.getStyleClass().add("path");
        Region left = new Region();
        HBox.setHgrow(left, Priority.ALWAYS);
        bell = button(Feather.BELL, texts.get("shell.attention.none"), actions.attention());
        bell.setId("bell");
        Button help = button(Feather.HELP_CIRCLE, texts.get("shell.shortcuts"), actions.help());
        getChildren().addAll(back, forward, path, left, search(actions.search()), bell, help);
    }

    private Button search(Runnable action) {
        Label key = new Label(texts.get("shell.search.key"));
        key.getStyleClass().add("key");
        Label words = new Label(texts.get("shell.search.prompt"), Marks.icon(Feather.SEARCH, "tone-muted"));
        words.getStyleClass().add("prompt");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox inside = new HBox(words, space, key);
        inside.setAlignment(Pos.CENTER_LEFT);
        Button search = new Button(null, inside);
        search.setId("search");
        search.getStyleClass().add("search");
        search.setAccessibleText(texts.get("shell.search.prompt"));
        search.setOnAction(event -> action.run());
        return search;
    }

    private static Button button(Ikon icon, String name, Runnable action) {
        Button button = new Button(null, Marks.icon(icon, "tone-default"));
        button.getStyleClass().addAll("flat", "icon-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> action.run());
        return button;
    }

    void history(boolean canGoBack, boolean canGoForward) {
        back.setDisable(!canGoBack);
        forward.setDisable(!canGoForward);
    }

    /// Where one is: a section, or something within it.
    void path(String section, String inner, Runnable toSection) {
        List<String> wanted = List.of(section, inner);
        if (wanted.equals(shownPath)) {
            return;
        }
        shownPath = wanted;
        path.getChildren().clear();
        if (inner.isEmpty()) {
            path.getChildren().add(crumb(section));
            return;
        }
        Hyperlink link = new Hyperlink(section);
        link.setOnAction(event -> toSection.run());
        path.getChildren().addAll(link, Marks.icon(Feather.CHEVRON_RIGHT, "tone-muted"), crumb(inner));
    }

    private static Label crumb(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("here");
        return label;
    }

    void attention(int count) {
        String name = count == 0 ? texts.get("shell.attention.none") : texts.get("shell.attention", count);
        bell.setText(count == 0 ? null : texts.get("shell.attention.count", count));
        bell.setAccessibleText(name);
        bell.getTooltip().setText(name);
    }
}
