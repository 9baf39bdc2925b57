package dev.breakwater.desktop.machines;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.desktop.failover.CleanUpDialog;
import dev.breakwater.desktop.failover.TestFailoverDialog;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.policies.FollowDialog;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// What can be done with the selected machines. What cannot is greyed and says why.
final class MachineActions extends HBox {

    private static final List<MachineAction> OFFERED = List.of(
            MachineAction.TEST_FAILOVER,
            MachineAction.CLEAN_UP,
            MachineAction.CREATE_POINT,
            MachineAction.RESYNCHRONISE,
            MachineAction.CHANGE_POLICY);

    /// Ask about the machine, so one at a time.
    private static final Set<MachineAction> ONE_BY_ONE = Set.of(MachineAction.TEST_FAILOVER, MachineAction.CLEAN_UP);

    private final PageContext context;
    private final Texts texts;
    private final Label count = new Label();
    private final Map<MachineAction, ActionButton> buttons = new EnumMap<>(MachineAction.class);
    private List<MachineRow> selected = List.of();
    private @Nullable Figures told;

    MachineActions(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        getStyleClass().add("actions");
        setAlignment(Pos.CENTER_LEFT);
        count.getStyleClass().add("quiet");
        getChildren().add(count);
        for (MachineAction action : OFFERED) {
            ActionButton button = new ActionButton(texts.of("estate.action", action), () -> order(action));
            button.setId("action-" + action.name().toLowerCase(Locale.ROOT));
            buttons.put(action, button);
            getChildren().add(button);
        }
        show(List.of());
    }

    void show(List<MachineRow> rows) {
        selected = List.copyOf(rows);
        count.setText(texts.get("machines.selected", rows.size()));
        buttons.forEach((action, button) -> button.refuse(reason(action)));
    }

    private @Nullable String reason(MachineAction action) {
        if (selected.isEmpty()) {
            return texts.get("machines.select-first");
        }
        if (selected.size() > 1 && ONE_BY_ONE.contains(action)) {
            return texts.get("machines.select-one");
        }
        for (MachineRow row : selected) {
            Optional<MachineAction.Refusal> refusal = action.refusal(row.machine());
            if (refusal.isPresent()) {
                return row.machine().name() + ": " + texts.of("estate.refusal", refusal.get());
            }
        }
        return null;
    }

    /// As its button does; why not is told in passing.
    void testFailover() {
        String reason = reason(MachineAction.TEST_FAILOVER);
        if (reason == null) {
            order(MachineAction.TEST_FAILOVER);
        } else {
            context.navigator().toast(reason);
        }
    }

    /// What the engine said last.
    void told(Figures figures) {
        told = figures;
    }

    private void order(MachineAction action) {
        if (ONE_BY_ONE.contains(action)) {
            open(action, selected.getFirst().machine());
            return;
        }
        if (action == MachineAction.CHANGE_POLICY) {
            Figures known = told;
            if (known != null) {
                FollowDialog.open(
                        context, selected.stream().map(MachineRow::machine).toList(), known);
            }
            return;
        }
        for (MachineRow row : selected) {
            String name = row.machine().name();
            context.ask(
                    engine -> ordered(engine, action, row.machine().id().toString()),
                    done -> context.navigator()
                            .toast(texts.get("machines.ordered", texts.of("estate.action", action), name)),
                    problem -> context.navigator().toast(name + ": " + problem));
        }
    }

    private void open(MachineAction action, MachineView machine) {
        if (action == MachineAction.CLEAN_UP) {
            CleanUpDialog.open(context, machine, null);
            return;
        }
        Instant toldAt = told == null ? Instant.EPOCH : told.takenAt();
        context.ask(
                new PointsOf(machine.id().toString()),
                points -> TestFailoverDialog.open(context, machine, points, null, toldAt),
                problem -> context.navigator().toast(machine.name() + ": " + problem));
    }

    private static boolean ordered(AdminClient engine, MachineAction action, String machine)
            throws IOException, InterruptedException {
        switch (action) {
            case TEST_FAILOVER, CLEAN_UP, CHANGE_POLICY ->
                throw new IllegalArgumentException(action + " is ordered in a dialog");
            case CREATE_POINT -> engine.createPoint(machine, PointRequest.plain());
            case RESYNCHRONISE -> engine.resynchronise(machine);
            case UNPROTECT -> engine.unprotect(machine);
        }
        return true;
    }
}
