package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.Health;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.ListTable;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A table of events, and below it the whole message of the selected one, how many have been read and a button for
/// older
/// ones.
final class EventList extends VBox {

    private final PageContext context;
    private final Texts texts;
    private final ListTable<EventsModel.Row> table;
    private final Value read;
    private final ActionButton older;

    /// An empty list.
    ///
    /// @param machines whether a column names each event's machine
    /// @param readOlder what the button does
    EventList(PageContext context, boolean machines, Runnable readOlder) {
        this.context = context;
        this.texts = context.texts();
        table = table(machines);
        VBox.setVgrow(table, Priority.ALWAYS);
        read = new Value(texts, "quiet");
        older = new ActionButton(texts.get("events.older"), readOlder);
        older.setId("older");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox foot = new HBox(read, space, older);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(table, message(), foot);
        getStyleClass().add("event-list");
    }

    /// The table cuts what is long, and only the mouse can ask a cell for the rest.
    private Label message() {
        Label message = new Label();
        message.setId("event-message");
        message.setWrapText(true);
        message.setMinHeight(Region.USE_PREF_SIZE);
        message.visibleProperty().bind(message.textProperty().isNotEmpty());
        message.managedProperty().bind(message.visibleProperty());
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, was, row) -> message.setText(row == null ? "" : row.message()));
        return message;
    }

    private ListTable<EventsModel.Row> table(boolean machines) {
        ListTable<EventsModel.Row> made = new ListTable<EventsModel.Row>(
                        "events",
                        texts.get("events.title"),
                        texts,
                        row -> row.event().number())
                .column(
                        "severity",
                        texts.get("events.column.severity"),
                        136,
                        row -> texts.of("events.severity", row.event().severity()),
                        row -> icon(row.event().severity()))
                .column(
                        "time",
                        texts.get("events.column.time"),
                        200,
                        row -> context.units().moment(row.event().time()));
        if (machines) {
            made.column(
                    "machine",
                    texts.get("events.column.machine"),
                    168,
                    row -> row.machine().isEmpty() ? Units.UNKNOWN : row.machine());
        }
        return made.column("message", texts.get("events.column.message"), 560, EventsModel.Row::message);
    }

    private static Node icon(Health severity) {
        return switch (severity) {
            case NORMAL -> Marks.icon(Feather.INFO, "tone-muted");
            case WARNING -> Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning");
            case CRITICAL -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
        };
    }

    /// Is told what the user opens.
    void onOpen(Consumer<EventsModel.Row> open) {
        table.onOpen(open);
    }

    /// Shows rows.
    ///
    /// @param empty stands there if there are none
    void show(EventReader reader, List<EventsModel.Row> rows, Node empty) {
        table.setPlaceholder(empty);
        table.show(rows);
        String count = texts.get(
                reader.complete() ? "events.read-all" : reader.full() ? "events.read-most" : "events.read",
                context.units().count(reader.events().size()));
        read.show(reader.heard() ? count : Units.UNKNOWN);
        if (!reader.heard()) {
            older.refuse(texts.get("events.reading"));
        } else {
            older.refuse(reader.complete() || reader.full() ? count : null);
        }
    }
}
