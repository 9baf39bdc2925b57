package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.model.MachineId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The table itself. It shows rows as they are given; sorting is asked for, not done here.
final class MachineTable extends TableView<MachineRow> {

    private static final double ROW = 34;
    private static final double SCROLL_BAR = 16;

    /// Which go first where the window is too narrow for all that were chosen: what another column, or the machine's
    /// page,
    /// tells too.
    private static final List<MachineColumn> GIVEN_UP = List.of(
            MachineColumn.POLICY_RPO,
            MachineColumn.PROGRESS,
            MachineColumn.HEARD,
            MachineColumn.AGENT,
            MachineColumn.DISKS,
            MachineColumn.OPERATING_SYSTEM,
            MachineColumn.PROCESS_SERVER,
            MachineColumn.POLICY,
            MachineColumn.RATE,
            MachineColumn.LAST_TEST,
            MachineColumn.READINESS);

    private final Map<MachineColumn, TableColumn<MachineRow, MachineRow>> columns = new EnumMap<>(MachineColumn.class);
    private final MachineRows shown = new MachineRows();
    private final Texts texts;
    private final Units units;
    private final Consumer<List<MachineRow>> selection;
    private final Set<MachineColumn> chosen = EnumSet.noneOf(MachineColumn.class);
    /// Setting up and replacing rows makes the table sort, which nobody asked for.
    private boolean unasked = true;

    /// An empty table.
    ///
    /// @param sort is called when the user chose another order
    /// @param open is called with the machine that the user opens
    /// @param selection is told who is selected whenever that, or what is known of them, may have changed
    MachineTable(PageContext context, Runnable sort, Consumer<MachineRow> open, Consumer<List<MachineRow>> selection) {
        this.selection = selection;
        this.texts = context.texts();
        this.units = context.units();
        setItems(shown);
        setId("machines");
        setAccessibleText(texts.get("machines.title"));
        setFixedCellSize(ROW);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        for (MachineColumn column : MachineColumn.values()) {
            if (column.usual()) {
                chosen.add(column);
            }
            TableColumn<MachineRow, MachineRow> made = column(column);
            columns.put(column, made);
            getColumns().add(made);
        }
        setSortPolicy(table -> {
            if (!unasked) {
                sort.run();
            }
            return true;
        });
        unasked = false;
        getSelectionModel().getSelectedItems().addListener((ListChangeListener<MachineRow>) change -> {
            if (!unasked) {
                selection.accept(List.copyOf(change.getList()));
            }
        });
        widthProperty().addListener((property, before, width) -> fit());
        setRowFactory(table -> new Row(open));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            MachineRow selected = getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && selected != null) {
                open.accept(selected);
                event.consume();
            }
        });
    }

    private TableColumn<MachineRow, MachineRow> column(MachineColumn column) {
        TableColumn<MachineRow, MachineRow> made = new TableColumn<>(texts.of("machines.column", column));
        made.setId("column-" + column.word());
        made.setUserData(column);
        made.setVisible(column.usual());
        made.setPrefWidth(column.width());
        made.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        made.setCellFactory(table -> new Cell(column));
        return made;
    }

    /// By which column the user wants the rows; the worst first if by none.
    MachineColumn sortColumn() {
        return getSortOrder().isEmpty()
                ? MachineColumn.HEALTH
                : of(getSortOrder().getFirst());
    }

    boolean descending() {
        return !getSortOrder().isEmpty() && getSortOrder().getFirst().getSortType() == SortType.DESCENDING;
    }

    /// Orders by a column, as if the user had chosen it.
    void sortBy(MachineColumn column, boolean descending) {
        TableColumn<MachineRow, MachineRow> wanted = columns.get(column);
        if (wanted != null) {
            wanted.setSortType(descending ? SortType.DESCENDING : SortType.ASCENDING);
            getSortOrder().setAll(List.of(wanted));
        }
    }

    /// The worst first, as without an order of the user's.
    void unsorted() {
        getSortOrder().clear();
    }

    boolean isSorted() {
        return !getSortOrder().isEmpty();
    }

    /// Columns that the user wants, from left to right; a narrow window shows fewer.
    List<MachineColumn> chosen() {
        return getColumns().stream()
                .map(MachineTable::of)
                .filter(chosen::contains)
                .toList();
    }

    /// Wants just these columns, known by their words; that of the name stays.
    void choose(Collection<String> words) {
        chosen.clear();
        chosen.add(MachineColumn.NAME);
        for (MachineColumn column : MachineColumn.values()) {
            if (words.contains(column.word())) {
                chosen.add(column);
            }
        }
        fit();
    }

    /// Wants a column, or does not.
    void choose(MachineColumn column, boolean wanted) {
        if (wanted) {
            chosen.add(column);
        } else {
            chosen.remove(column);
        }
        fit();
    }

    /// Gives columns up as long as those that were chosen need more room than there is.
    private void fit() {
        Set<MachineColumn> shown = EnumSet.copyOf(chosen);
        double room = getWidth() - SCROLL_BAR;
        for (MachineColumn column : GIVEN_UP) {
            double needed = shown.stream().mapToDouble(MachineColumn::width).sum();
            if (getWidth() > 0 && needed > room) {
                shown.remove(column);
            }
        }
        columns.forEach((column, made) -> made.setVisible(shown.contains(column)));
    }

    private static MachineColumn of(TableColumn<MachineRow, ?> column) {
        return (MachineColumn) column.getUserData();
    }

    /// Replaces all rows at once; who was selected stays so.
    void show(List<MachineRow> rows) {
        if (shown.areOf(rows)) {
            unasked = true;
            shown.renew(rows);
            unasked = false;
        } else {
            replace(rows);
        }
        if (!getSelectionModel().isEmpty()) {
            selection.accept(List.copyOf(getSelectionModel().getSelectedItems()));
        }
    }

    private void replace(List<MachineRow> rows) {
        Set<MachineId> selected = new HashSet<>();
        getSelectionModel()
                .getSelectedItems()
                .forEach(row -> selected.add(row.machine().id()));
        int[] still = IntStream.range(0, rows.size())
                .filter(row -> selected.contains(rows.get(row).machine().id()))
                .toArray();
        unasked = true;
        // First: the table would look for each selected row among the new ones.
        getSelectionModel().clearSelection();
        shown.replace(rows);
        if (still.length > 0) {
            // At once: one after the other takes minutes for ten thousand.
            getSelectionModel().selectIndices(still[0], Arrays.copyOfRange(still, 1, still.length));
        }
        unasked = false;
        if (!selected.isEmpty() && still.length == 0) {
            selection.accept(List.of());
        }
    }

    private static final class Row extends TableRow<MachineRow> {
        Row(Consumer<MachineRow> open) {
            setOnMouseClicked(event -> {
                MachineRow row = getItem();
                if (event.getClickCount() == 2 && row != null) {
                    open.accept(row);
                }
            });
        }
    }

    /// Changes only what differs: a table that scrolls gives each of its cells another row at every frame, and icons
    /// and
    /// style classes are dear.
    private final class Cell extends TableCell<MachineRow, MachineRow> {
        private final MachineColumn column;
        private @Nullable MachineHealth health;
        private @Nullable String tone;

        Cell(MachineColumn column) {
            this.column = column;
            getStyleClass().add("cell-" + column.word());
        }

        @Override
        protected void updateItem(@Nullable MachineRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setAccessibleText(null);
                mark(null);
                tone(null);
                return;
            }
            String text = column.text(row, texts, units);
            boolean unknown = text.equals(Units.UNKNOWN);
            setText(text);
            setAccessibleText(row.machine().name() + ", " + (unknown ? texts.get("texts.unknown") : text));
            mark(column == MachineColumn.HEALTH ? row.health() : null);
            if (column == MachineColumn.RPO && row.isOverPolicy()) {
                tone("tone-danger");
            } else {
                tone(unknown ? "tone-muted" : null);
            }
        }

        private void mark(@Nullable MachineHealth wanted) {
            if (wanted != health) {
                health = wanted;
                setGraphic(wanted == null ? null : Marks.health(wanted));
            }
        }

        private void tone(@Nullable String wanted) {
            if (!Objects.equals(wanted, tone)) {
                getStyleClass().remove(tone);
                if (wanted != null) {
                    getStyleClass().add(wanted);
                }
                tone = wanted;
            }
        }
    }
}
