package dev.breakwater.desktop.machine;

import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.model.ReplicationPolicy;
import java.util.function.Function;
import javafx.scene.control.ScrollPane;
import org.jspecify.annotations.Nullable;

/// What a machine is, and what its policy asks for.
final class SettingsTab extends ScrollPane {

    private final PageContext context;
    private final FactRows rows;

    SettingsTab(PageContext context) {
        this.context = context;
        rows = new FactRows(context.texts());
        rows.getStyleClass().add("tab-form");
        setContent(rows);
        setFitToWidth(true);
        setAccessibleText(context.texts().get("machine.tab.settings"));
    }

    void show(MachineModel model) {
        rows.clear();
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
        rows.add(context.texts().get("machine.setting." + key), text);
    }
}
