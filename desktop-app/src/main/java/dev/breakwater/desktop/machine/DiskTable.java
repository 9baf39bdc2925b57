package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A machine's disks: those that are replicated, then those that are left out and why.
@SuppressWarnings("this-escape") // nothing looks at it before it is in a window
final class DiskTable extends TableView<DiskTable.Row> {

    private static final double ROW = 34;

    private final Texts texts;

    /// A disk.
    ///
    /// @param device what the machine calls it
    /// @param size its size, absent if not known
    /// @param included whether it is replicated
    /// @param progress what the mobility service told of it
    /// @param reason why it cannot be protected; empty if it can
    record Row(
            String device,
            @Nullable Long size,
            boolean included,
            MachineStatus.@Nullable DiskProgress progress,
            String reason) {

        /// The disks of a machine.
        static List<Row> of(MachineView machine) {
            List<Row> rows = new ArrayList<>();
            MachineStatus status = machine.status();
            for (MachineView.ProtectedDisk disk : machine.disks()) {
                MachineStatus.DiskProgress progress = status == null
                        ? null
                        : status.disks().stream()
                                .filter(each -> each.id().equals(disk.id()))
                                .findFirst()
                                .orElse(null);
                rows.add(new Row(
                        disk.device(), disk.sizeBytes() == 0 ? null : (Long) disk.sizeBytes(), true, progress, ""));
            }
            if (machine.inventory() != null) {
                for (InventoryDisk disk : machine.inventory().disks()) {
                    if (machine.disks().stream().noneMatch(each -> each.device().equals(disk.device()))) {
                        rows.add(new Row(disk.device(), disk.sizeBytes(), false, null, disk.protectable()));
                    }
                }
            }
            return List.copyOf(rows);
        }

        private @Nullable Long of(Function<MachineStatus.DiskProgress, Long> figure) {
            return progress == null ? null : figure.apply(progress);
        }
    }

    DiskTable(PageContext context) {
        texts = context.texts();
        Units units = context.units();
        setId("disk-table");
        setAccessibleText(texts.get("machine.tab.disks"));
        setFixedCellSize(ROW);
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setPlaceholder(new EmptyState(Feather.HARD_DRIVE, texts.get("machine.disk.none")));
        column(texts.get("machine.disk.device"), 240, Row::device);
        column(texts.get("machine.disk.size"), 136, row -> units.bytes(row.size()));
        column(texts.get("machine.disk.replicated"), 280, this::replicated);
        column(
                texts.get("machine.disk.dirty"),
                136,
                row -> units.bytes(row.of(MachineStatus.DiskProgress::dirtyBytes)));
        column(texts.get("machine.disk.sent"), 136, row -> units.bytes(row.of(MachineStatus.DiskProgress::sentBytes)));
    }

    private String replicated(Row row) {
        if (row.included()) {
            return texts.get("machine.disk.yes");
        }
        return row.reason().isEmpty() ? texts.get("machine.disk.no") : row.reason();
    }

    /// A width of its own keeps JavaFX from taking that of whichever rows are there first; what is left is the last
    /// one's.
    private void column(String name, double width, Function<Row, String> text) {
        TableColumn<Row, String> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        getColumns().add(column);
    }

    void show(MachineView machine) {
        List<Row> rows = Row.of(machine);
        if (!rows.equals(getItems())) {
            getItems().setAll(rows);
        }
    }
}
