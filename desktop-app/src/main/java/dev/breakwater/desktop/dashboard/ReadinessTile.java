package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.estate.Readiness;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import javafx.scene.Node;

/// How many of the protected machines could be recovered, and what the others lack; each number leads to the list.
final class ReadinessTile {

    private static final List<Readiness> ORDER = List.of(
            Readiness.READY, Readiness.TEST_OLD, Readiness.NEVER_TESTED, Readiness.TEST_FAILED, Readiness.INCOMPLETE);

    private final PageContext context;
    private final MachineCounts<Readiness> counts;
    private final Value total;
    private final Card card;

    ReadinessTile(PageContext context) {
        this.context = context;
        total = new Value(context.texts(), "quiet");
        total.setId("readiness-total");
        counts = new MachineCounts<>(
                context,
                "readiness",
                ORDER,
                Marks::tone,
                readiness -> Marks.label(
                        Marks.readiness(readiness).getIconCode(),
                        Marks.tone(readiness),
                        context.texts().of("estate.readiness", readiness)));
        card = new Card(context.texts().get("dashboard.readiness"), counts).aside(total);
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        int all =
                model.readiness().values().stream().mapToInt(Integer::intValue).sum();
        int ready = model.readiness().getOrDefault(Readiness.READY, 0);
        total.show(
                all == 0
                        ? context.texts().get("dashboard.none-protected")
                        : context.texts()
                                .get(
                                        "dashboard.readiness.share",
                                        context.units().percent((double) ready / all),
                                        all,
                                        model.testCounts().toDays()));
        counts.show(model.readiness());
    }
}
