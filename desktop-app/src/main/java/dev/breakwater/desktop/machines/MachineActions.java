package dev.breakwater.desktop.machines;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            MachineAction.RESYNCHRONISE);

    private final PageContext context;
    private final Texts texts;
    private final Label count = new Label();
    private final Map<MachineAction, ActionButton> buttons = new EnumMap<>(MachineAction.class);
    private List<MachineRow> selected = List.of();

    MachineActions(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        getStyleClass().add("actions");
        setAlignment(Pos.CENTER_LEFT);
        count.getStyleClass().add("quiet");
        getChildren().add(count);
        for (MachineAction action : OFFERED) {
            ActionButton button = new ActionButton(texts.of("estate.action", action), () -> order(action));
            button.button().setId("action-" + action.name().toLowerCase(Locale.ROOT));
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
        for (MachineRow row : selected) {
            Optional<MachineAction.Refusal> refusal = action.refusal(row.machine());
            if (refusal.isPresent()) {
                return row.machine().name() + ": " + texts.of("estate.refusal", refusal.get());
            }
        }
        return null;
    }

    private void order(MachineAction action) {
        for (MachineRow row : selected) {
            String name = row.machine().name();
            context.ask(
                    engine -> ordered(engine, action, row.machine().id().toString()),
                    done -> context.navigator()
                            .toast(texts.get("machines.ordered", texts.of("estate.action", action), name)),
                    problem -> context.navigator().toast(name + ": " + problem));
        }
    }

    private static boolean ordered(AdminClient engine, MachineAction action, String machine)
            throws IOException, InterruptedException {
        switch (action) {
            case TEST_FAILOVER ->
                engine.testFailover(machine, new TestFailoverRequest(TestFailoverRequest.LATEST, null, null, null));
            case CLEAN_UP -> engine.cleanUpTestFailover(machine);
            case CREATE_POINT -> engine.createPoint(machine, PointRequest.plain());
            case RESYNCHRONISE -> engine.resynchronise(machine);
            case UNPROTECT -> engine.unprotect(machine);
        }
        return true;
    }
}
