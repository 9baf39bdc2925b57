package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.ListTable;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.policies.PoliciesModel.Row;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// All policies. One is opened to be changed; its machines are a button away.
public final class PoliciesPage implements Page {

    private final PageContext context;
    private final Texts texts;
    private final ListTable<Row> table;
    private final Label selected = new Label();
    private final ActionButton change;
    private final ActionButton machines;
    private final ActionButton delete;
    private final ActionButton create;
    private final VBox content;
    private PoliciesModel model = new PoliciesModel(List.of());

    /// A list that knows nothing yet.
    public PoliciesPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        create = new ActionButton(texts.get("policies.new"), () -> PolicyDialog.create(context, model.names()));
        create.setGraphic(Marks.icon(Feather.PLUS, "tone-default"));
        create.setId("policy-new");
        create.refuse(texts.get("policies.unknown"));
        Label about = new Label(texts.get("policies.about"));
        about.getStyleClass().add("quiet");
        about.setWrapText(true);
        HBox.setHgrow(about, Priority.ALWAYS);
        about.setMaxWidth(Double.MAX_VALUE);
        create.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(about, create);
        head.getStyleClass().add("list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        table = table(context.units());
        table.setPlaceholder(new EmptyState(Feather.CLOCK, texts.get("policies.unknown")));
        table.onOpen(this::change);
        table.getSelectionModel().selectedItemProperty().addListener((property, before, row) -> showSelected(row));
        VBox.setVgrow(table, Priority.ALWAYS);
        change = new ActionButton(texts.get("policies.change"), () -> chosen().ifPresent(this::change));
        change.setId("policy-change");
        machines = new ActionButton(texts.get("policies.machines"), () -> chosen().ifPresent(this::openMachines));
        delete = new ActionButton(
                texts.get("policies.delete-ask"),
                () -> chosen().ifPresent(
                                row -> PolicyDialog.delete(context, row.policy().name())));
        delete.setId("policy-delete");
        selected.getStyleClass().add("quiet");
        HBox actions = new HBox(selected, change, machines, delete);
        actions.getStyleClass().add("actions");
        actions.setAlignment(Pos.CENTER_LEFT);
        content = new VBox(head, table, actions);
        content.getStyleClass().addAll("page", "list-page");
        showSelected(null);
    }

    private ListTable<Row> table(Units units) {
        return new ListTable<Row>(
                        "policies",
                        texts.get("policies.title"),
                        texts,
                        row -> row.policy().name())
                .column(
                        "name",
                        texts.get("policies.column.name"),
                        160,
                        row -> row.policy().name())
                .column(
                        "number-machines",
                        texts.get("policies.column.machines"),
                        104,
                        row -> units.count(row.machines()))
                .column(
                        "number-rpo",
                        texts.get("policies.column.rpo"),
                        112,
                        row -> units.duration(row.policy().rpoThreshold()))
                .column(
                        "number-crash",
                        texts.get("policies.column.crash"),
                        176,
                        row -> units.duration(row.policy().crashConsistentEvery()))
                .column(
                        "number-application",
                        texts.get("policies.column.application"),
                        176,
                        row -> row.policy().applicationConsistentEvery().isZero()
                                ? texts.get("policies.never")
                                : units.duration(row.policy().applicationConsistentEvery()))
                .column(
                        "number-retention",
                        texts.get("policies.column.retention"),
                        112,
                        row -> units.duration(row.policy().retention()))
                .column(
                        "kept",
                        texts.get("policies.column.kept"),
                        304,
                        row -> texts.of("policies.kept", PoliciesModel.thinning(row.policy())))
                .givingUp("kept");
    }

    private Optional<Row> chosen() {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem());
    }

    private void change(Row row) {
        PolicyDialog.change(context, row.policy(), row.machines());
    }

    private void openMachines(Row row) {
        context.navigator()
                .go(PageAddress.of("machines").with("policy", row.policy().name()));
    }

    private void showSelected(@Nullable Row row) {
        selected.setText(
                row == null ? texts.get("policies.none-selected") : row.policy().name());
        change.refuse(row == null ? texts.get("policies.select-first") : null);
        machines.refuse(row == null ? texts.get("policies.select-first") : null);
        delete.refuse(
                row == null
                        ? texts.get("policies.select-first")
                        : PoliciesModel.undeletable(row)
                                .map(reason -> texts.of("policies.kept-because", reason))
                                .orElse(null));
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        if (snapshot.figures() != null) {
            model = PoliciesModel.of(snapshot.figures());
            create.refuse(null);
            table.show(model.rows());
        }
    }
}
