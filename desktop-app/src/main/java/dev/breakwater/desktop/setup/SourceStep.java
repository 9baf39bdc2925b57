package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.CommandText;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.setup.SourceModel.Kind;
import dev.breakwater.desktop.texts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Which machines there are. The commands that register one are shown, and it appears by itself.
final class SourceStep implements Step {

    /// As many as fit on the page; the table of machines has all.
    private static final int SHOWN = 8;

    private final SetupDesk desk;
    private final Texts texts;
    private final List<RadioButton> kinds = new ArrayList<>();
    private final Label note = new Label();
    private final CommandText commands;
    private final Button reveal = new Button();
    private final TextField passphrase = new TextField();
    private final HBox secret = new HBox();
    private final Label problem = new Label();
    private final Label count = new Label();
    private final VBox machines = new VBox();
    private final VBox content;

    SourceStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        ToggleGroup group = new ToggleGroup();
        VBox choices = new VBox();
        choices.getStyleClass().add("fields");
        for (Kind kind : Kind.values()) {
            RadioButton button = new RadioButton(texts.of("setup.source.kind", kind));
            button.setId("source-" + kind.name().toLowerCase(java.util.Locale.ROOT));
            button.setToggleGroup(group);
            button.setSelected(SourceModel.kind(desk.draft()) == kind);
            // Not its action: an arrow key chooses without one.
            button.selectedProperty().addListener((property, was, selected) -> {
                if (selected) {
                    desk.answer(SourceModel.KIND, kind.name());
                }
            });
            kinds.add(button);
            choices.getChildren().add(button);
        }
        note.setWrapText(true);
        note.getStyleClass().add("quiet");
        commands = new CommandText(texts, texts.get("setup.source.commands"));
        buildSecret();
        problem.getStyleClass().add("step-problem");
        problem.setGraphic(Marks.icon(Feather.ALERT_CIRCLE, "tone-danger"));
        problem.setWrapText(true);
        problem(null);
        count.getStyleClass().add("strong");
        machines.getStyleClass().add("rows");
        VBox how = new VBox(note, commands, secret);
        how.getStyleClass().add("fields");
        VBox found = new VBox(count, machines);
        found.getStyleClass().add("fields");
        content = new VBox(choices, how, problem, found);
        content.getStyleClass().add("choices");
    }

    private void buildSecret() {
        reveal.setId("source-reveal");
        reveal.setText(texts.get("setup.source.reveal"));
        reveal.setGraphic(Marks.icon(Feather.EYE, "tone-muted"));
        reveal.setOnAction(event -> reveal());
        passphrase.setId("source-passphrase");
        passphrase.setEditable(false);
        passphrase.setAccessibleText(texts.get("setup.source.passphrase"));
        passphrase.setPrefColumnCount(32);
        passphrase.setVisible(false);
        secret.getChildren().setAll(reveal, passphrase);
        secret.setSpacing(8);
        secret.setAlignment(Pos.CENTER_LEFT);
    }

    /// The passphrase is fetched when it is asked for, shown, and kept nowhere.
    private void reveal() {
        if (passphrase.isVisible()) {
            passphrase.clear();
            passphrase.setVisible(false);
            reveal.setText(texts.get("setup.source.reveal"));
            return;
        }
        desk.context()
                .ask(
                        AdminClient::passphrase,
                        words -> {
                            passphrase.setText(words);
                            passphrase.setVisible(true);
                            reveal.setText(texts.get("setup.source.hide"));
                        },
                        this::problem);
    }

    private void problem(@org.jspecify.annotations.Nullable String words) {
        problem.setText(words);
        problem.setVisible(words != null);
        problem.setManaged(words != null);
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        Kind kind = SourceModel.kind(desk.draft());
        note.setText(texts.of("setup.source.note", kind));
        secret.setVisible(kind != Kind.PRACTICE);
        secret.setManaged(kind != Kind.PRACTICE);
        if (figures == null) {
            return;
        }
        commands.show(
                SourceModel.of(figures, desk.draft(), desk.place().options()).commands());
        List<MachineView> all = figures.machines();
        count.setText(texts.get("setup.source.count", all.size()));
        if (all.isEmpty()) {
            machines.getChildren().setAll(new EmptyState(Feather.RADIO, texts.get("setup.source.none")));
        } else {
            problem(null);
            machines.getChildren()
                    .setAll(all.stream().limit(SHOWN).map(this::row).toList());
        }
    }

    private Node row(MachineView machine) {
        Label name = new Label(machine.name(), Marks.icon(Feather.SERVER, "tone-muted"));
        name.getStyleClass().add("mark");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label system = new Label(
                machine.inventory() == null
                        ? texts.get("setup.protect.no-inventory")
                        : texts.get(
                                "setup.source.machine",
                                machine.inventory().operatingSystem(),
                                machine.inventory().disks().size()));
        system.getStyleClass().add("quiet");
        HBox row = new HBox(name, space, system);
        row.getStyleClass().add("row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    @Override
    public Optional<Node> firstProblem() {
        Figures figures = desk.figures();
        if (figures != null && !figures.machines().isEmpty()) {
            return Optional.empty();
        }
        problem(texts.get("setup.source.problem"));
        return kinds.stream().filter(RadioButton::isSelected).findFirst().map(Node.class::cast);
    }

    @Override
    public List<String> creates() {
        return List.of();
    }
}
