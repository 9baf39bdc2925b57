package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.parts.Worker;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// All machines in a table that filters and sorts ten thousand of them on a worker.
public final class MachinesPage implements Page {

    private static final String SORT = "sort";
    private static final String DESCENDING = "-";
    private static final String COLUMNS = "columns";

    private final PageContext context;
    private final Texts texts;
    private final Worker worker = new Worker("machines");
    private final FilterBar filter;
    private final Value count;
    private final MachineTable table;
    private final MachineActions actions;
    private final VBox content;
    private PageAddress address = PageAddress.of("machines");
    private @Nullable Figures figures;
    private MachinesModel.@Nullable Rows rows;

    /// A table that knows nothing yet.
    public MachinesPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        filter = new FilterBar(context, changed -> filtered());
        count = new Value(texts, "quiet");
        actions = new MachineActions(context);
        table = new MachineTable(context, this::sorted, this::open, actions::show);
        Button export = new Button(texts.get("machines.export"), Marks.icon(Feather.DOWNLOAD, "tone-default"));
        export.setOnAction(event -> export());
        HBox.setHgrow(filter, Priority.ALWAYS);
        HBox head = new HBox(filter, count, new ViewMenu(context, table, this::present, this::columnsChosen), export);
        head.getStyleClass().add("list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        count.setMinWidth(Region.USE_PREF_SIZE);
        export.setMinWidth(Region.USE_PREF_SIZE);
        VBox.setVgrow(table, Priority.ALWAYS);
        content = new VBox(head, table, actions);
        content.getStyleClass().addAll("page", "list-page");
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void open(PageAddress wanted) {
        address = wanted;
        filter.show(MachineFilter.of(wanted));
        String columns = wanted.parameter(COLUMNS);
        String sort = wanted.parameter(SORT);
        if (!columns.isEmpty()) {
            table.choose(List.of(columns.split(",", -1)));
            if (sort.isEmpty()) {
                table.unsorted();
            }
        }
        boolean descending = sort.startsWith(DESCENDING);
        for (MachineColumn column : MachineColumn.values()) {
            if (column.word().equals(descending ? sort.substring(1) : sort)) {
                table.sortBy(column, descending);
            }
        }
    }

    @Override
    public void update(Snapshot snapshot) {
        figures = snapshot.figures();
        calculate();
    }

    @Override
    public void focusFilter() {
        filter.field().requestFocus();
    }

    @Override
    public void testFailover() {
        actions.testFailover();
    }

    private void filtered() {
        address = filter.filter().in(address);
        context.navigator().replace(address);
        calculate();
    }

    /// What is shown, with all that a view keeps.
    private PageAddress present() {
        PageAddress shown = filter.filter().in(PageAddress.of(ViewsModel.PAGE)).with(COLUMNS, columns());
        return shown.with(SORT, sort());
    }

    private String columns() {
        return table.chosen().stream().map(MachineColumn::word).collect(Collectors.joining(","));
    }

    /// The user has chosen others: who comes back to this page finds them.
    private void columnsChosen() {
        address = present();
        context.navigator().replace(address);
    }

    /// Empty if the user wants none.
    private String sort() {
        return !table.isSorted()
                ? ""
                : (table.descending() ? DESCENDING : "") + table.sortColumn().word();
    }

    private void sorted() {
        address = address.with(SORT, sort());
        context.navigator().replace(address);
        calculate();
    }

    private void calculate() {
        Figures known = figures;
        if (known == null) {
            return;
        }
        actions.told(known);
        MachinesModel.Query query = new MachinesModel.Query(filter.filter(), table.sortColumn(), table.descending());
        Duration testCounts = context.settings().testCounts();
        worker.calculate(() -> MachinesModel.of(rows(known, testCounts), query), this::show);
    }

    /// Called by the worker only, one calculation after the other.
    private MachinesModel.Rows rows(Figures known, Duration testCounts) {
        MachinesModel.Rows last = rows;
        if (last == null || !last.isOf(known, testCounts)) {
            last = MachinesModel.Rows.of(known, testCounts);
            rows = last;
        }
        return last;
    }

    private void show(MachinesModel model) {
        filter.policies(model.policies());
        count.show(texts.get(
                "machines.count",
                context.units().count(model.shown().size()),
                context.units().count(model.all())));
        if (model.shown().isEmpty()) {
            table.setPlaceholder(empty(model));
        }
        table.show(model.shown());
    }

    private Node empty(MachinesModel model) {
        return model.all() == 0
                ? new EmptyState(Feather.SERVER, texts.get("machines.none"))
                : new EmptyState(
                        Feather.FILTER,
                        texts.get("machines.no-match"),
                        texts.get("machines.clear"),
                        () -> context.navigator().go(PageAddress.of("machines")));
    }

    private void open(MachineRow row) {
        context.navigator().go(PageAddress.of("machine", row.machine().id().toString()));
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("machines.export"));
        chooser.setInitialFileName("machines.csv");
        File file = chooser.showSaveDialog(content.getScene().getWindow());
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file.toPath(), MachinesCsv.of(table.getItems(), table.chosen(), texts, context.units()));
            context.navigator().toast(texts.get("machines.exported", file.getPath()));
        } catch (IOException e) {
            context.navigator()
                    .toast(texts.get("machines.not-exported", file.getPath(), String.valueOf(e.getMessage())));
        }
    }
}
