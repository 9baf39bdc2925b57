package dev.breakwater.desktop.points;

import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The same points as a table, newest first: the equal way for who does not see a drawing.
@SuppressWarnings("this-escape") // listeners hear nothing before it is in a window
public final class PointTable extends TableView<RecoveryPoint> {

    private static final double ROW = 34;

    private final PointWords words;
    private Instant now = Instant.EPOCH;
    private boolean showing;

    /// Without points.
    ///
    /// @param chosen hears which one was selected
    public PointTable(PageContext context, Consumer<PointId> chosen) {
        Texts texts = context.texts();
        words = new PointWords(texts);
        setId("point-table");
        setAccessibleText(texts.get("points.table"));
        setFixedCellSize(ROW);
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setPlaceholder(new EmptyState(Feather.CLOCK, texts.get("points.none")));
        column(texts.get("points.column.time"), 208, point -> context.units().moment(point.time()));
        column(texts.get("points.column.age"), 192, point -> words.age(point, now));
        column(texts.get("points.column.type"), 232, point -> texts.of("points.type", point.type()));
        column(texts.get("points.column.changed"), 136, point -> context.units().bytes(point.changedBytes()));
        column(texts.get("points.column.remarks"), 240, point -> String.join(" ", point.remarks()));
        getSelectionModel().selectedItemProperty().addListener((property, before, point) -> {
            if (point != null && !showing) {
                chosen.accept(point.id());
            }
        });
    }

    /// A width of its own keeps JavaFX from taking that of whichever rows are there first; what is left is the last
    /// one's.
    private void column(String name, double width, Function<RecoveryPoint, String> text) {
        TableColumn<RecoveryPoint, String> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        getColumns().add(column);
    }

    /// Shows points.
    ///
    /// @param points oldest first
    /// @param chosen which one is selected
    public void show(List<RecoveryPoint> points, Instant at, @Nullable RecoveryPoint chosen) {
        now = at;
        showing = true;
        getItems().setAll(points.reversed());
        select(chosen);
        showing = false;
    }

    /// Selects a point without telling.
    public void select(@Nullable RecoveryPoint chosen) {
        boolean before = showing;
        showing = true;
        if (chosen == null) {
            getSelectionModel().clearSelection();
        } else {
            getSelectionModel().select(chosen);
        }
        showing = before;
    }
}
