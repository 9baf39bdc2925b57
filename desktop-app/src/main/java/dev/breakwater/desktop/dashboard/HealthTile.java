package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import javafx.scene.Node;

/// How many machines are well; each number leads to the list of them.
final class HealthTile {

    private static final List<MachineHealth> ORDER = List.of(
            MachineHealth.HEALTHY,
            MachineHealth.WARNING,
            MachineHealth.CRITICAL,
            MachineHealth.UNKNOWN,
            MachineHealth.UNPROTECTED);

    private final PageContext context;
    private final MachineCounts<MachineHealth> counts;
    private final Value total;
    private final Card card;

    HealthTile(PageContext context) {
        this.context = context;
        total = new Value(context.texts(), "quiet");
        counts = new MachineCounts<>(
                context,
                "health",
                ORDER,
                Marks::tone,
                health -> Marks.label(
                        Marks.health(health).getIconCode(),
                        Marks.tone(health),
                        context.texts().of("estate.health", health)));
        card = new Card(context.texts().get("dashboard.health"), counts).aside(total);
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        total.show(context.texts().get("dashboard.machines", model.machines()));
        counts.show(model.health());
    }
}
