package dev.breakwater.desktop.machine;

import dev.breakwater.desktop.machine.PathModel.Bottleneck;
import dev.breakwater.desktop.machine.PathModel.Hop;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// The replication path: source, process server, vault, points; and what flows between them.
final class PathView {

    /// Four steps a second cost a quarter of what a smooth motion does.
    private static final Duration STEP = Duration.millis(250);

    private final PageContext context;
    private final Station source;
    private final Station server;
    private final Station vault;
    private final Station points;
    private final Flow sent;
    private final Flow uploaded;
    private final Flow kept;
    private final Label bottleneck = new Label();
    private final Timeline motion = new Timeline(new KeyFrame(STEP, event -> step()));
    private final Card card;
    private final ObservableValue<Boolean> minimised;
    private boolean moves;

    PathView(PageContext context) {
        this.context = context;
        source = new Station();
        server = new Station();
        vault = new Station();
        points = new Station();
        sent = new Flow(context.texts());
        uploaded = new Flow(context.texts());
        kept = new Flow(context.texts());
        HBox way = new HBox(source, sent, server, uploaded, vault, kept, points);
        way.getStyleClass().add("path-way");
        way.setAlignment(Pos.CENTER);
        way.getChildren().forEach(node -> HBox.setHgrow(node, Priority.ALWAYS));
        bottleneck.getStyleClass().add("mark");
        card = new Card(context.texts().get("machine.path"), way).aside(bottleneck);
        minimised = card.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(window -> ((Stage) window).iconifiedProperty())
                .orElse(false);
        motion.setCycleCount(Animation.INDEFINITE);
        card.sceneProperty().addListener((property, before, scene) -> animate());
        minimised.addListener((property, was, now) -> animate());
    }

    Node node() {
        return card;
    }

    void show(MachineModel model) {
        Texts texts = context.texts();
        Units units = context.units();
        PathModel path = model.path();
        String server = model.machine().processServerName();
        source.show(
                texts.get("machine.hop.source"),
                model.machine().name(),
                path.source(),
                texts.get("machine.hop.waiting", units.bytes(path.waiting())));
        this.server.show(
                texts.get("machine.hop.server"),
                server == null ? Units.UNKNOWN : server,
                path.server(),
                texts.get("machine.hop.cache", units.percent(path.cacheFree())));
        vault.show(
                texts.get("machine.hop.vault"),
                model.vault(),
                path.vault(),
                texts.get("machine.hop.drain", units.duration(path.drain())));
        points.show(
                texts.get("machine.hop.points"),
                texts.get("machine.hop.newest"),
                path.points(),
                texts.get("machine.hop.rpo", units.duration(model.rpo())));
        sent.show(units.rate(path.sent()), path.flows());
        uploaded.show(
                path.uploaded() == null ? Units.UNKNOWN : texts.get("machine.flow.all", units.rate(path.uploaded())),
                path.uploads());
        kept.show("", false);
        bottleneck(path.bottleneck());
        moves = path.flows() || path.uploads();
        animate();
    }

    private void bottleneck(Bottleneck named) {
        boolean none = named == Bottleneck.NONE;
        bottleneck.setGraphic(none ? null : Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning"));
        bottleneck.setText(context.texts().of("machine.bottleneck", named));
        bottleneck.getStyleClass().remove("quiet");
        if (none) {
            bottleneck.getStyleClass().add("quiet");
        }
    }

    /// Moves only while something flows and somebody can see it.
    private void animate() {
        boolean seen = card.getScene() != null
                && !Boolean.TRUE.equals(minimised.getValue())
                && !context.settings().reduceMotion();
        if (moves && seen) {
            motion.play();
        } else {
            motion.stop();
        }
    }

    private void step() {
        sent.step();
        uploaded.step();
    }

    /// A part of the way.
    private final class Station extends VBox {

        private final Label kind = new Label();
        private final Label name = new Label();
        private final Label state = new Label();
        private final Value figure = new Value(context.texts(), "quiet");
        private final Tooltip full = new Tooltip();

        Station() {
            getStyleClass().add("station");
            kind.getStyleClass().add("quiet");
            name.getStyleClass().addAll("strong", "long-name");
            name.setTooltip(full);
            state.getStyleClass().add("mark");
            state.setWrapText(true);
            state.setMinHeight(Region.USE_PREF_SIZE);
            getChildren().addAll(kind, name, state, figure);
        }

        void show(String what, String called, Hop hop, String told) {
            kind.setText(what);
            name.setText(called);
            full.setText(called);
            state.setText(context.texts().of("machine.hop", hop));
            state.setGraphic(
                    switch (hop) {
                        case WELL -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
                        case SLOW -> Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning");
                        case TROUBLE -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
                        case UNKNOWN -> Marks.icon(Feather.HELP_CIRCLE, "tone-muted");
                    });
            figure.show(told);
        }
    }
}
