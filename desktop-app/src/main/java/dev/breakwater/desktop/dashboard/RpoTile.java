package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.charts.Bars;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// How many machines have which RPO; a class with machines over their policy stands out.
final class RpoTile {

    private static final int USUAL = 0;
    private static final int OVER_POLICY = 2;

    private final PageContext context;
    private final Bars bars = new Bars();
    private final Value unknown;
    private final Card card;

    RpoTile(PageContext context) {
        this.context = context;
        unknown = new Value(context.texts(), "quiet");
        unknown.setId("rpo-unknown");
        VBox.setVgrow(bars, Priority.ALWAYS);
        card = new Card(context.texts().get("dashboard.rpo"), bars).aside(unknown);
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        RpoDistribution rpo = model.rpo();
        unknown.show(unknown(rpo));
        List<Bars.Bar> data = new ArrayList<>();
        StringBuilder spoken = new StringBuilder(context.texts().get("dashboard.rpo"));
        for (int i = 0; i < rpo.within().size(); i++) {
            int count = rpo.within().get(i);
            String label = label(i);
            String number = context.units().count(count);
            data.add(new Bars.Bar(label, count, number, rpo.overPolicy().get(i) > 0 ? OVER_POLICY : USUAL));
            spoken.append(", ").append(label).append(' ').append(number);
        }
        bars.setAccessibleText(spoken.toString());
        bars.show(data);
    }

    private String unknown(RpoDistribution rpo) {
        if (rpo.isEmpty()) {
            return context.texts().get("dashboard.none-protected");
        }
        return rpo.unknown() == 0
                ? context.texts().get("dashboard.rpo.all-known")
                : context.texts().get("dashboard.rpo.unknown", rpo.unknown());
    }

    private String label(int index) {
        List<Duration> bounds = RpoDistribution.BOUNDS;
        return index < bounds.size()
                ? context.texts().get("dashboard.rpo.up-to", context.units().duration(bounds.get(index)))
                : context.texts().get("dashboard.rpo.over", context.units().duration(bounds.getLast()));
    }
}
