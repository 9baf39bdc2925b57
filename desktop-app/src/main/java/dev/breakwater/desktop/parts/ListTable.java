package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// A table of plain records in the order they are given in. Rows are replaced all at once, and what was selected stays
/// so. What is not known is a dash, spoken as "unknown".
///
/// @param <T> a row
public final class ListTable<T> extends TableView<T> {

    private static final double ROW = 36;
    private static final double SCROLL_BAR = 16;

    private final Texts texts;
    private final Function<T, Object> identity;
    private boolean showing;

    /// A table without columns and rows.
    ///
    /// @param id for the style sheet and tests
    /// @param name what a screen reader calls it
    /// @param identity by what a row is known again
    public ListTable(String id, String name, Texts texts, Function<T, Object> identity) {
        this.texts = texts;
        this.identity = identity;
        setId(id);
        setAccessibleText(name);
        setFixedCellSize(ROW);
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    /// Adds a column of texts.
    ///
    /// @param id `number` in it aligns to the right
    public ListTable<T> column(String id, String title, double width, Function<T, String> text) {
        return column(id, title, width, text, row -> null);
    }

    /// Adds a column of texts, each with an icon before it.
    public ListTable<T> column(
            String id, String title, double width, Function<T, String> text, Function<T, @Nullable Node> icon) {
        TableColumn<T, T> made = new TableColumn<>(title);
        made.setId("column-" + id);
        made.setPrefWidth(width);
        made.setMinWidth(Math.min(width, 64));
        made.setSortable(false);
        made.setReorderable(false);
        made.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        made.setCellFactory(table -> new Cell(id, title, text, icon));
        if (id.contains("number")) {
            made.getStyleClass().add("number-column");
        }
        getColumns().add(made);
        return this;
    }

    /// Gives columns up, the first named first, as long as the table is too narrow for all.
    public ListTable<T> givingUp(String... ids) {
        widthProperty().addListener((property, before, width) -> {
            double needed = SCROLL_BAR
                    + getColumns().stream()
                            .mapToDouble(TableColumn::getPrefWidth)
                            .sum();
            for (String id : ids) {
                for (TableColumn<T, ?> column : getColumns()) {
                    if (column.getId().equals("column-" + id)) {
                        boolean room = needed <= width.doubleValue();
                        column.setVisible(room);
                        needed -= room ? 0 : column.getPrefWidth();
                    }
                }
            }
        });
        return this;
    }

    /// Is told what the user selects; null if nothing.
    public void onSelect(Consumer<@Nullable T> chosen) {
        getSelectionModel().selectedItemProperty().addListener((property, before, row) -> {
            if (!showing) {
                chosen.accept(row);
            }
        });
    }

    /// Is told what the user opens, by Enter or two clicks.
    public void onOpen(Consumer<T> open) {
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            T selected = getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && selected != null) {
                open.accept(selected);
                event.consume();
            }
        });
        setOnMouseClicked(event -> {
            T selected = getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && selected != null) {
                open.accept(selected);
            }
        });
    }

    /// Replaces all rows.
    public void show(List<T> rows) {
        T selected = getSelectionModel().getSelectedItem();
        showing = true;
        getItems().setAll(rows);
        if (selected == null) {
            getSelectionModel().clearSelection();
        } else {
            select(identity.apply(selected));
        }
        showing = false;
    }

    /// Selects a row without telling anybody; nothing if it is not there.
    public void select(@Nullable Object wanted) {
        boolean before = showing;
        showing = true;
        getSelectionModel().clearSelection();
        for (int i = 0; i < getItems().size(); i++) {
            if (identity.apply(getItems().get(i)).equals(wanted)) {
                getSelectionModel().select(i);
            }
        }
        showing = before;
    }

    private final class Cell extends TableCell<T, T> {
        private final String title;
        private final Function<T, String> text;
        private final Function<T, @Nullable Node> icon;

        Cell(String id, String title, Function<T, String> text, Function<T, @Nullable Node> icon) {
            this.title = title;
            this.text = text;
            this.icon = icon;
            getStyleClass().add("cell-" + id);
            if (id.contains("number")) {
                getStyleClass().add("number-cell");
            }
            setOnMouseEntered(event -> setTooltip(isCut() ? new Tooltip(getText()) : null));
        }

        /// Whether the column is too narrow for the text.
        private boolean isCut() {
            return lookup(".text") instanceof Text drawn && !drawn.getText().equals(getText());
        }

        @Override
        protected void updateItem(@Nullable T row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("tone-muted");
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            String shown = text.apply(row);
            boolean unknown = shown.equals(Units.UNKNOWN);
            setText(shown);
            setGraphic(icon.apply(row));
            if (unknown) {
                getStyleClass().add("tone-muted");
            }
            setAccessibleText(title + ", " + (unknown ? texts.get("texts.unknown") : shown));
        }
    }
}
