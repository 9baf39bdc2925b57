package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.setup.ProtectModel.Disk;
import dev.breakwater.desktop.setup.ProtectModel.Machine;
import dev.breakwater.desktop.texts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Which machines and which of their disks.
final class ProtectStep implements Step {

    /// More than anybody ticks one by one; the filter finds the others.
    private static final int SHOWN = 50;

    private final SetupDesk desk;
    private final Texts texts;
    private final TextField filter = new TextField();
    private final Label more = new Label();
    private final Label problem = new Label();
    private final VBox rows = new VBox();
    private final VBox content;
    private @Nullable List<Machine> drawn;

    ProtectStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        filter.setId("protect-filter");
        filter.setPromptText(texts.get("setup.protect.filter"));
        filter.setAccessibleText(texts.get("setup.protect.filter"));
        filter.textProperty().addListener((property, before, now) -> draw());
        more.getStyleClass().add("quiet");
        problem.getStyleClass().add("step-problem");
        problem.setGraphic(Marks.icon(Feather.ALERT_CIRCLE, "tone-danger"));
        problem.setText(texts.get("setup.protect.problem"));
        show(problem, false);
        rows.getStyleClass().add("pick-list");
        content = new VBox(filter, problem, rows, more);
        content.getStyleClass().add("choices");
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private List<Machine> machines() {
        Figures figures = desk.figures();
        return figures == null
                ? List.of()
                : ProtectModel.of(figures, desk.draft()).machines();
    }

    private List<Machine> picked() {
        return machines().stream().filter(Machine::picked).toList();
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        draw();
    }

    private void draw() {
        Figures figures = desk.figures();
        if (figures == null) {
            return;
        }
        ProtectModel all = ProtectModel.of(figures, desk.draft());
        List<Machine> found = all.named(filter.getText());
        List<Machine> shown = found.subList(0, Math.min(SHOWN, found.size()));
        show(more, found.size() > SHOWN);
        more.setText(texts.get("setup.protect.more", SHOWN, found.size()));
        if (shown.stream()
                .map(ProtectStep::seen)
                .toList()
                .equals(
                        drawn == null
                                ? null
                                : drawn.stream().map(ProtectStep::seen).toList())) {
            return;
        }
        drawn = shown;
        Node focused = content.getScene() == null ? null : content.getScene().getFocusOwner();
        String id = focused == null ? null : focused.getId();
        List<Node> nodes = new ArrayList<>();
        shown.forEach(machine -> nodes.add(row(machine)));
        if (nodes.isEmpty()) {
            nodes.add(new EmptyState(
                    Feather.SERVER,
                    texts.get(all.machines().isEmpty() ? "setup.protect.none" : "setup.protect.no-match")));
        }
        rows.getChildren().setAll(nodes);
        if (id != null && id.startsWith("pick-")) {
            rows.lookupAll(".check-box").stream()
                    .filter(node -> id.equals(node.getId()))
                    .forEach(Node::requestFocus);
        }
    }

    /// What of a machine is shown here; drawn anew only if that has changed, so that the keyboard stays where it is.
    private static List<Object> seen(Machine machine) {
        return List.of(
                machine.view().id(), machine.view().name(), machine.view().state(), machine.disks());
    }

    private Node row(Machine machine) {
        CheckBox box = new CheckBox(machine.view().name());
        box.setId("pick-" + machine.view().id());
        box.getStyleClass().add("strong");
        box.setSelected(machine.picked());
        box.setDisable(!machine.canBePicked());
        box.setOnAction(event -> {
            show(problem, false);
            desk.answer(machine.key(), box.isSelected() ? machine.all() : "");
        });
        Label state = new Label(state(machine));
        state.getStyleClass().add("quiet");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(box, space, state);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox row = new VBox(head);
        row.getStyleClass().add("pick");
        if (!machine.isProtected()) {
            machine.disks().forEach(disk -> row.getChildren().add(disk(machine, disk)));
            row.getChildren().add(other(machine));
        }
        if (machine.withoutBootDisk()) {
            Label warning =
                    Marks.label(Feather.ALERT_TRIANGLE, "tone-warning", texts.get("setup.protect.no-boot-disk"));
            warning.setWrapText(true);
            row.getChildren().add(warning);
        }
        return row;
    }

    private String state(Machine machine) {
        var inventory = machine.view().inventory();
        if (machine.isProtected()) {
            return texts.get("setup.protect.already");
        }
        if (inventory == null) {
            return texts.get("setup.protect.no-inventory");
        }
        return inventory.operatingSystem();
    }

    private Node disk(Machine machine, Disk disk) {
        CheckBox box = new CheckBox(disk.disk().device());
        box.getStyleClass().add("device");
        box.setId("pick-" + machine.view().id() + disk.disk().device().replace('/', '-'));
        box.setAccessibleText(texts.get(
                "setup.protect.disk-said", disk.disk().device(), machine.view().name()));
        box.setSelected(disk.picked());
        box.setDisable(!disk.protectable());
        box.setOnAction(event -> {
            show(problem, false);
            desk.answer(machine.key(), machine.with(disk.disk().device(), box.isSelected()));
        });
        Label size = new Label(size(disk));
        size.getStyleClass().add("size");
        Label words = new Label(disk.protectable() ? words(disk) : disk.disk().protectable());
        words.getStyleClass().add("quiet");
        words.setWrapText(true);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(box, size, words);
        line.getStyleClass().add("pick-disk");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /// For what a machine has and does not list, such as mapped devices.
    private Node other(Machine machine) {
        TextField device = new TextField();
        String name = texts.get("setup.protect.other");
        device.setId("other-" + machine.view().id());
        device.setPromptText(name);
        device.setAccessibleText(
                texts.get("setup.protect.other-said", machine.view().name()));
        Runnable adds =
                () -> desk.answer(machine.key(), machine.with(device.getText().strip(), true));
        ActionButton add = new ActionButton(texts.get("setup.protect.add"), adds);
        add.setId("add-" + machine.view().id());
        add.setAccessibleText(texts.get("setup.protect.add-said", machine.view().name()));
        String none = texts.get("setup.protect.no-device");
        add.refuse(none);
        device.textProperty()
                .addListener((property, before, now) -> add.refuse(ProtectModel.isDevice(now.strip()) ? null : none));
        device.setOnAction(event -> {
            if (ProtectModel.isDevice(device.getText().strip())) {
                adds.run();
            }
        });
        HBox line = new HBox(device, add);
        line.getStyleClass().addAll("pick-disk", "other");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private String size(Disk disk) {
        return desk.context()
                .units()
                .bytes(disk.disk().sizeBytes() == 0 ? null : disk.disk().sizeBytes());
    }

    private String words(Disk disk) {
        List<String> words = new ArrayList<>();
        if (disk.disk().boot()) {
            words.add(texts.get("setup.protect.boot"));
        }
        words.addAll(disk.disk().mounts());
        if (!disk.disk().model().isBlank()) {
            words.add(disk.disk().model());
        }
        return String.join(" · ", words);
    }

    @Override
    public Optional<Node> firstProblem() {
        boolean ordered = machines().stream()
                .anyMatch(machine ->
                        machine.isProtected() && !desk.answer(machine.key()).isEmpty());
        if (!picked().isEmpty() || ordered) {
            show(problem, false);
            return Optional.empty();
        }
        show(problem, true);
        return rows.lookupAll(".check-box").stream()
                .filter(node -> !node.isDisabled())
                .findFirst()
                .or(() -> Optional.of(filter));
    }

    @Override
    public List<String> creates() {
        List<Machine> picked = picked();
        if (picked.isEmpty()) {
            return List.of();
        }
        List<Long> sizes = picked.stream()
                .flatMap(machine -> machine.disks().stream())
                .filter(Disk::picked)
                .map(disk -> disk.disk().sizeBytes())
                .toList();
        Long bytes = sizes.contains(0L)
                ? null
                : (Long) sizes.stream().mapToLong(Long::longValue).sum();
        int disks =
                picked.stream().mapToInt(machine -> machine.devices().size()).sum();
        return List.of(texts.get(
                "setup.protect.creates",
                picked.size(),
                disks,
                desk.context().units().bytes(bytes)));
    }
}
