package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.NextAction;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// How a machine does, the one thing that it waits for, and what can be done with it now.
final class MachineHead extends VBox {

    private final PageContext context;
    private final Texts texts;
    private final Label health = new Label();
    private final Label heard = new Label();
    private final Label next = new Label();
    private final Map<MachineAction, ActionButton> buttons = new EnumMap<>(MachineAction.class);
    private @Nullable MachineModel model;

    /// A head.
    ///
    /// @param opens the dialogs: test failover and its clean-up, another policy
    MachineHead(PageContext context, Consumer<MachineAction> opens) {
        this.context = context;
        this.texts = context.texts();
        health.getStyleClass().addAll("mark", "strong");
        heard.getStyleClass().add("quiet");
        next.setWrapText(true);
        next.getStyleClass().add("next-action");
        next.setMaxWidth(Double.MAX_VALUE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox line = new HBox(health, space);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("actions");
        add(line, MachineAction.TEST_FAILOVER, () -> opens.accept(MachineAction.TEST_FAILOVER));
        add(line, MachineAction.CLEAN_UP, () -> opens.accept(MachineAction.CLEAN_UP));
        add(line, MachineAction.CREATE_POINT, () -> order(MachineAction.CREATE_POINT));
        add(line, MachineAction.RESYNCHRONISE, () -> order(MachineAction.RESYNCHRONISE));
        add(line, MachineAction.CHANGE_POLICY, () -> opens.accept(MachineAction.CHANGE_POLICY));
        health.setMinWidth(Region.USE_PREF_SIZE);
        heard.setWrapText(true);
        getChildren().addAll(line, heard, next);
        getStyleClass().add("machine-head");
    }

    private void add(HBox line, MachineAction action, Runnable does) {
        ActionButton button = new ActionButton(texts.of("estate.action", action), does);
        button.setId("machine-" + action.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        button.setMinWidth(Region.USE_PREF_SIZE);
        buttons.put(action, button);
        line.getChildren().add(button);
    }

    void show(MachineModel shown) {
        model = shown;
        health.setText(texts.of("estate.health", shown.health()));
        health.setGraphic(Marks.health(shown.health()));
        heard.setText(since(shown)
                + (shown.machine().lastHeartbeat() == null
                        ? texts.get("machine.never-heard")
                        : texts.get(
                                "machine.heard",
                                context.units().timeOfDay(shown.machine().lastHeartbeat()))));
        buttons.forEach((action, button) -> button.refuse(action.refusal(shown.machine())
                .map(reason -> texts.of("estate.refusal", reason))
                .orElse(null)));
        boolean cleanUp = shown.next() == NextAction.CLEAN_UP_TEST;
        primary(MachineAction.CLEAN_UP, cleanUp);
        primary(MachineAction.TEST_FAILOVER, !cleanUp);
        boolean problem = !shown.machine().problems().isEmpty();
        next.setGraphic(
                problem
                        ? Marks.health(shown.health())
                        : Marks.icon(
                                shown.next() == NextAction.NONE ? Feather.CHECK : Feather.ARROW_RIGHT_CIRCLE,
                                "tone-accent"));
        String what = texts.get("machine.next", texts.of("estate.next", shown.next()));
        next.setText(
                problem
                        ? what + " "
                                + new EngineWords(context.units())
                                        .of(shown.machine().problems())
                        : what);
    }

    /// Since when its health is what it is, where the engine saw that.
    private String since(MachineModel shown) {
        boolean judged = shown.health() != MachineHealth.UNPROTECTED && shown.health() != MachineHealth.UNKNOWN;
        return judged && shown.machine().healthSince() != null
                ? texts.get(
                        "machine.since", context.units().moment(shown.machine().healthSince()))
                : "";
    }

    private void primary(MachineAction action, boolean accent) {
        ActionButton button = buttons.get(action);
        if (button != null) {
            button.getStyleClass().remove("accent");
            if (accent) {
                button.getStyleClass().add("accent");
            }
        }
    }

    private void order(MachineAction action) {
        MachineModel shown = model;
        if (shown == null) {
            return;
        }
        String id = shown.machine().id().toString();
        String name = shown.machine().name();
        context.ask(
                engine -> action == MachineAction.CREATE_POINT
                        ? engine.createPoint(id, PointRequest.plain())
                        : engine.resynchronise(id),
                job -> context.navigator().toast(texts.get("machine.ordered", texts.of("estate.action", action), name)),
                problem -> context.navigator().toast(problem));
    }
}
