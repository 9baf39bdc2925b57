package dev.breakwater.desktop.infrastructure;

import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.ActiveThrottle;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The configuration server and the process servers.
public final class InfrastructurePage implements Page {

    private final PageContext context;
    private final Texts texts;
    private final EngineWords words;
    private final VBox page = new VBox();
    private final PageScroll content;
    private final Map<String, Hyperlink> links = new HashMap<>();

    /// A page that knows nothing yet.
    public InfrastructurePage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        words = new EngineWords(context.units());
        page.getStyleClass().addAll("page", "list-page");
        content = new PageScroll(page);
        page.getChildren().setAll(new EmptyState(Feather.CLOCK, texts.get("infrastructure.unknown")));
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        if (snapshot.figures() == null) {
            return;
        }
        InfrastructureModel model = InfrastructureModel.of(snapshot.figures());
        List<Node> cards = new ArrayList<>();
        cards.add(engine(model));
        model.servers().forEach(server -> cards.add(server(server)));
        if (model.servers().isEmpty()) {
            cards.add(new Card(
                    texts.get("infrastructure.servers"),
                    new EmptyState(Feather.HARD_DRIVE, texts.get("infrastructure.no-server"))));
        }
        // Links are kept, so that the keyboard stays where it is.
        Node focused = content.getScene() == null ? null : content.getScene().getFocusOwner();
        page.getChildren().setAll(cards);
        if (focused instanceof Hyperlink && focused.getScene() != null) {
            focused.requestFocus();
        }
    }

    private Node engine(InfrastructureModel model) {
        Units units = context.units();
        EngineStatus engine = model.engine();
        Facts facts = new Facts(context)
                .add(texts.get("infrastructure.version"), engine.version())
                .add(texts.get("infrastructure.uptime"), units.duration(model.uptime()))
                .add(texts.get("infrastructure.port"), Integer.toString(engine.httpsPort()))
                .add(texts.get("infrastructure.machines"), units.count(engine.machines()))
                .add(texts.get("infrastructure.protected"), units.count(engine.protectedMachines()))
                .add(texts.get("infrastructure.pending"), units.count(engine.pendingVaultDocuments()));
        Card card = new Card(
                texts.get("infrastructure.engine"),
                facts,
                line(Feather.DATABASE, "tone-muted", texts.get("infrastructure.vault", engine.vaultLocation())));
        engine.notes().forEach(note -> card.getChildren().add(line(Feather.INFO, "tone-accent", note)));
        sentences(card, engine.problems(), "engine");
        return card.aside(health(InfrastructureModel.health(engine.health())));
    }

    /// Many machines may have the same trouble; the dashboard tells them by cause.
    private void sentences(Card card, List<Problem> problems, String whose) {
        if (problems.size() > 3) {
            Hyperlink all = link(
                    whose + "-problems",
                    texts.get("infrastructure.problems", problems.size()),
                    PageAddress.of("dashboard"));
            card.getChildren().add(all);
        } else {
            problems.forEach(
                    problem -> card.getChildren().add(line(Feather.ALERT_TRIANGLE, "tone-warning", words.of(problem))));
        }
    }

    private Node server(InfrastructureModel.Server server) {
        Units units = context.units();
        ProcessServerHealth told = server.view().figures();
        Facts facts = new Facts(context)
                .share(
                        texts.get("infrastructure.processor"),
                        server.processor(),
                        texts.get("infrastructure.processor.explained"))
                .share(
                        texts.get("infrastructure.memory"),
                        server.memory(),
                        texts.get("infrastructure.memory.explained"))
                .share(texts.get("infrastructure.cache"), server.cache(), texts.get("infrastructure.cache.explained"))
                .add(texts.get("infrastructure.waiting"), units.bytes(told == null ? null : (Long) told.cacheBytes()))
                .add(texts.get("infrastructure.received"), units.rate(server.received()))
                .add(
                        texts.get("infrastructure.uploaded"),
                        units.rate(told == null ? null : told.uploadBytesPerSecond()))
                .add(texts.get("infrastructure.drain"), units.duration(drain(told)))
                .add(texts.get("infrastructure.connected"), units.count(server.connected()))
                .add(
                        texts.get("infrastructure.certificate"),
                        units.duration(Duration.ofDays(server.view().certificateDaysLeft())));
        Card card = new Card(server.view().name(), facts);
        if (server.silentFor() != null) {
            card.getChildren()
                    .add(line(
                            Feather.CLOCK,
                            "tone-warning",
                            texts.get("infrastructure.silent", units.duration(server.silentFor()))));
        }
        sentences(card, server.view().problems(), server.view().name());
        if (told != null) {
            told.remarks().forEach(remark -> card.getChildren().add(line(Feather.INFO, "tone-accent", remark)));
        }
        card.getChildren().add(line(Feather.SLIDERS, "tone-muted", limit(server)));
        card.getChildren().add(machines(server));
        return card.aside(health(server.health()));
    }

    private Node machines(InfrastructureModel.Server server) {
        int served = server.view().machines();
        String words = texts.get("infrastructure.machines-of", served);
        return served == 0
                ? line(Feather.SERVER, "tone-muted", words)
                : link(
                        "machines-of-" + server.view().id(),
                        words,
                        PageAddress.of("machines").with("server", server.view().name()));
    }

    private static @Nullable Duration drain(@Nullable ProcessServerHealth told) {
        Long seconds = told == null ? null : told.drainSeconds();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private String limit(InfrastructureModel.Server server) {
        ProcessServerHealth told = server.view().figures();
        ActiveThrottle active = told == null ? null : told.throttle();
        if (active != null) {
            return active.until() == null
                    ? texts.get("infrastructure.limit", context.units().rate(active.bytesPerSecond()))
                    : texts.get(
                            "infrastructure.limit-until",
                            context.units().rate(active.bytesPerSecond()),
                            context.units().moment(active.until()));
        }
        return server.view().throttle() == null
                ? texts.get("infrastructure.no-limit")
                : texts.get(
                        "infrastructure.limit-later", server.view().throttle().schedule());
    }

    private Node health(MachineHealth health) {
        Label label = new Label(texts.of("estate.health", health), Marks.health(health));
        label.getStyleClass().add("mark");
        label.setTooltip(new Tooltip(texts.get("infrastructure.health.explained")));
        return label;
    }

    private static Label line(Feather icon, String tone, String sentence) {
        Label label = Marks.label(icon, tone, sentence);
        label.setWrapText(true);
        return label;
    }

    private Hyperlink link(String key, String text, PageAddress address) {
        Hyperlink link = links.computeIfAbsent(key, made -> new Hyperlink());
        link.setText(text);
        link.setOnAction(event -> context.navigator().go(address));
        return link;
    }
}
