package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What is wrong, by cause, with the number of machines that it concerns.
final class AttentionTile {

    private static final int SHOWN = 5;

    private final PageContext context;
    private final EngineWords words;
    private final Value count;
    private final VBox list = new VBox();
    private final Card card;

    /// What stands there: new rows at each round would cost more than all the rest of a window at rest.
    private @Nullable Shown shown;

    private record Shown(boolean anyMachine, List<Attention> causes) {}

    AttentionTile(PageContext context) {
        this.context = context;
        words = new EngineWords(context.units());
        count = new Value(context.texts(), "quiet");
        list.getStyleClass().add("rows");
        VBox.setVgrow(list, Priority.ALWAYS);
        card = new Card(context.texts().get("dashboard.attention"), list).aside(count);
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        count.show(context.texts()
                .get("dashboard.attention.causes", model.attention().size()));
        Shown now = new Shown(model.machines() > 0, model.attention());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        List<Node> rows = model.attention().stream().limit(SHOWN).map(this::row).toList();
        list.getChildren().setAll(rows.isEmpty() ? List.of(empty(model)) : rows);
    }

    private Node empty(DashboardModel model) {
        return model.machines() == 0
                ? new EmptyState(Feather.SERVER, context.texts().get("dashboard.attention.no-machine"))
                : new EmptyState(Feather.CHECK_CIRCLE, context.texts().get("dashboard.attention.none"));
    }

    private Node row(Attention cause) {
        Label sentence = new Label(words.of(cause.example()), Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning"));
        sentence.getStyleClass().add("mark");
        sentence.setWrapText(true);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox row = new HBox(sentence, whom(cause));
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        return row;
    }

    private Node whom(Attention cause) {
        if (cause.servers()) {
            return new Label(String.join(", ", cause.names()));
        }
        boolean one = cause.names().size() == 1;
        Hyperlink link = new Hyperlink(
                one
                        ? cause.names().getFirst()
                        : context.texts()
                                .get("dashboard.machines", cause.names().size()));
        link.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        PageAddress machines = PageAddress.of("machines");
        link.setOnAction(event -> context.navigator()
                .go(one ? machines.with("text", cause.names().getFirst()) : machines.with("health", "attention")));
        return link;
    }
}
