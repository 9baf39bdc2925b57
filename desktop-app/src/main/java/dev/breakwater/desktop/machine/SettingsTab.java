package dev.breakwater.desktop.machine;

import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.model.ReplicationPolicy;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/// What a machine is, and what its policy asks for.
final class SettingsTab extends GridPane {

    private final PageContext context;
    private int rows;

    SettingsTab(PageContext context) {
        this.context = context;
        getStyleClass().addAll("form", "tab-form");
    }

    void show(MachineModel model) {
        getChildren().clear();
        rows = 0;
        Units units = context.units();
        ReplicationPolicy policy = model.policy();
        MachineInventory inventory = model.machine().inventory();
        row("policy", text(policy, ReplicationPolicy::name));
        row("limit", text(policy, known -> units.duration(known.rpoThreshold())));
        row("retention", text(policy, known -> units.duration(known.retention())));
        row("crash", text(policy, known -> units.duration(known.crashConsistentEvery())));
        row(
                "application",
                text(
                        policy,
                        known -> known.applicationConsistentEvery().isZero()
                                ? context.texts().get("machine.setting.never")
                                : units.duration(known.applicationConsistentEvery())));
        row("system", text(inventory, MachineInventory::operatingSystem));
        row("agent", text(inventory, MachineInventory::agentVersion));
        row("cpus", text(inventory, known -> units.count(known.cpus())));
        row("memory", text(inventory, known -> units.bytes(known.memoryBytes())));
        row("identity", model.machine().id().toString());
    }

    private static <T> String text(@Nullable T known, Function<T, String> words) {
        return known == null ? Units.UNKNOWN : words.apply(known);
    }

    private void row(String key, String text) {
        Label name = new Label(context.texts().get("machine.setting." + key));
        name.getStyleClass().add("quiet");
        Value value = new Value(context.texts());
        value.show(text);
        name.setLabelFor(value);
        addRow(rows++, name, value);
    }
}
