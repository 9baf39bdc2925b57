package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.LastTest;
import dev.breakwater.desktop.estate.Readiness;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Whether a machine is ready to be recovered, and what its last test showed.
final class LastTestCard {

    private final PageContext context;
    private final Texts texts;
    private final Label readiness = new Label();
    private final Label gap = quiet();
    private final Label when = quiet();
    private final Label rto = quiet();
    private final Label notes = new Label();
    private final Hyperlink open = new Hyperlink();
    private final Card card;
    private @Nullable LastTest shown;

    LastTestCard(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        readiness.getStyleClass().addAll("mark", "strong");
        readiness.setId("machine-readiness");
        readiness.setWrapText(true);
        notes.setWrapText(true);
        notes.setId("last-test-notes");
        open.setText(texts.get("machine.test.open"));
        open.setId("last-test");
        open.setOnAction(event -> {
            LastTest test = shown;
            if (test != null) {
                context.navigator().go(PageAddress.of("failover", test.job().toString()));
            }
        });
        VBox lines = new VBox(readiness, gap, when, rto, notes, open);
        lines.getStyleClass().add("last-test");
        for (Node line : lines.getChildren()) {
            line.managedProperty().bind(line.visibleProperty());
        }
        card = new Card(texts.get("machine.test"), lines);
    }

    private static Label quiet() {
        Label label = new Label();
        label.getStyleClass().add("quiet");
        label.setWrapText(true);
        return label;
    }

    Node node() {
        return card;
    }

    void show(MachineModel model, Instant now) {
        LastTest test = model.machine().lastTest();
        shown = test;
        Readiness stands = Readiness.of(model.machine(), now, context.settings().testCounts())
                .orElse(null);
        readiness.setText(
                stands == null ? texts.get("machine.test.unprotected") : texts.of("estate.readiness", stands));
        readiness.setGraphic(stands == null ? null : Marks.readiness(stands));
        line(
                gap,
                stands == Readiness.INCOMPLETE
                        ? Readiness.gap(model.machine())
                                .map(lacking -> texts.of("machine.test.gap", lacking))
                                .orElse("")
                        : "");
        line(
                when,
                test == null
                        ? texts.get("machine.test.never")
                        : texts.get(
                                test.succeeded() ? "machine.test.succeeded" : "machine.test.failed",
                                context.units().moment(test.testedAt())));
        line(
                rto,
                test == null || test.rtoSeconds() == null
                        ? ""
                        : texts.get(
                                "machine.test.rto",
                                context.units().measured(Duration.ofMillis(Math.round(test.rtoSeconds() * 1000)))));
        line(notes, test == null || test.notes() == null ? "" : test.notes());
        open.setVisible(test != null);
    }

    private static void line(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
    }
}
