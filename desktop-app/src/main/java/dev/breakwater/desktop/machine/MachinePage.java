package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.desktop.events.MachineEvents;
import dev.breakwater.desktop.failover.CleanUpDialog;
import dev.breakwater.desktop.failover.TestFailoverDialog;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.points.PointPicker;
import dev.breakwater.desktop.points.PointTable;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.policies.FollowDialog;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of one machine.
public final class MachinePage implements Page {

    /// The chart has no more than a value each minute, and ages are told in minutes.
    private static final Duration AGES = Duration.ofMinutes(1);

    private final PageContext context;
    private final Texts texts;
    private final MachineHead head;
    private final PathView path;
    private final RpoCard rpo;
    private final LastTestCard lastTest;
    private final PointPicker picker;
    private final PointTable table;
    private final DiskTable disks;
    private final MachineEvents events;
    private final Tab eventsTab;
    private final SettingsTab settings;
    private final Label problem = new Label();
    private final VBox page;
    private final StackPane content = new StackPane();
    private String id = "";
    private @Nullable MachineModel model;
    private @Nullable Snapshot snapshot;
    private @Nullable PointId asked;
    private boolean fetched;
    private List<RecoveryPoint> points = List.of();
    private @Nullable Instant pointsShown;
    private @Nullable RpoHistory history;
    private @Nullable Instant historyAsked;

    /// A page that knows nothing yet.
    public MachinePage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        head = new MachineHead(context, this::act);
        path = new PathView(context);
        rpo = new RpoCard(context);
        lastTest = new LastTestCard(context);
        HBox.setHgrow(rpo.node(), Priority.ALWAYS);
        HBox day = new HBox(rpo.node(), lastTest.node());
        day.getStyleClass().add("machine-day");
        table = new PointTable(context, this::chooseFromTable);
        picker = new PointPicker(context, this::chosen);
        disks = new DiskTable(context);
        events = new MachineEvents(context);
        eventsTab = new Tab(texts.get("machine.tab.events"), events);
        eventsTab.selectedProperty().addListener((property, was, selected) -> readEvents());
        settings = new SettingsTab(context);
        Button again = new Button(texts.get("machine.try-again"));
        again.setOnAction(event -> fetch());
        HBox refused = new HBox(problem, again);
        refused.setAlignment(Pos.CENTER_LEFT);
        refused.getStyleClass().add("actions");
        problem.setWrapText(true);
        refused.visibleProperty().bind(problem.textProperty().isNotEmpty());
        refused.managedProperty().bind(refused.visibleProperty());
        TabPane tabs = new TabPane(
                new Tab(texts.get("machine.tab.points"), table),
                new Tab(texts.get("machine.tab.disks"), disks),
                eventsTab,
                new Tab(texts.get("machine.tab.settings"), settings));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setId("machine-tabs");
        tabs.setAccessibleText(texts.get("machine.tabs"));
        tabs.setMinHeight(260);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        page = new VBox(head, path.node(), day, new Card(texts.get("machine.points"), picker, refused), tabs);
        page.getStyleClass().addAll("page", "machine-page");
        PageScroll scroll = new PageScroll(page);
        scroll.setFitToHeight(true);
        content.getChildren().add(scroll);
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public String title() {
        return model == null ? "" : model.machine().name();
    }

    @Override
    public void ask(Snapshot newest) {
        snapshot = newest;
        readEvents();
    }

    @Override
    public void testFailover() {
        if (model != null) {
            MachineAction.TEST_FAILOVER
                    .refusal(model.machine())
                    .ifPresentOrElse(
                            reason -> context.navigator().toast(texts.of("estate.refusal", reason)),
                            () -> act(MachineAction.TEST_FAILOVER));
        }
    }

    @Override
    public void open(PageAddress address) {
        if (!address.id().equals(id)) {
            id = address.id();
            model = null;
            asked = null;
            fetched = false;
            events.of(id);
            history = null;
            historyAsked = null;
            rpo.clear();
            showPoints(List.of(), false);
        }
    }

    @Override
    public void update(Snapshot newest) {
        snapshot = newest;
        Figures figures = newest.figures();
        if (figures == null) {
            return;
        }
        Optional<MachineModel> found = MachineModel.of(figures, id);
        if (found.isEmpty()) {
            model = null;
            showGone();
            return;
        }
        showPage();
        MachineModel shown = found.get();
        model = shown;
        head.show(shown);
        path.show(shown);
        disks.show(shown.machine());
        settings.show(shown);
        readEvents();
        lastTest.show(shown, figures.takenAt());
        showDay();
        PointId newestPoint = shown.machine().newestPoint();
        if (!fetched || (newestPoint != null && !newestPoint.equals(asked))) {
            asked = newestPoint;
            fetched = true;
            fetch();
            historyAsked = null;
        } else if (pointsShown != null && isOld(pointsShown, figures)) {
            showPoints(points, true);
        }
        if (historyAsked == null || isOld(historyAsked, figures)) {
            historyAsked = figures.takenAt();
            fetchDay();
        }
    }

    private static boolean isOld(Instant of, Figures now) {
        return Duration.between(of, now.takenAt()).abs().compareTo(AGES) >= 0;
    }

    private void fetchDay() {
        String machine = id;
        context.ask(
                new RpoOf(machine),
                answer -> {
                    if (machine.equals(id)) {
                        history = answer;
                        showDay();
                    }
                },
                reason -> {
                    if (machine.equals(id)) {
                        rpo.refuse(reason);
                    }
                });
    }

    private void showDay() {
        MachineModel shown = model;
        RpoHistory told = history;
        if (shown != null && told != null) {
            rpo.show(told, shown.policy() == null ? null : shown.policy().rpoThreshold(), shown.rpo());
        }
    }

    /// Only while somebody looks at them.
    private void readEvents() {
        Snapshot now = snapshot;
        if (model != null && now != null && !now.outdated() && eventsTab.isSelected()) {
            events.read();
        }
    }

    private void showGone() {
        if (content.getChildren().size() == 1) {
            page.setVisible(false);
            content.getChildren()
                    .add(new EmptyState(
                            Feather.SERVER,
                            texts.get("machine.unknown"),
                            texts.get("machine.to-machines"),
                            () -> context.navigator().go(PageAddress.of("machines"))));
        }
    }

    private void showPage() {
        page.setVisible(true);
        if (content.getChildren().size() > 1) {
            content.getChildren().removeLast();
        }
    }

    private void fetch() {
        String machine = id;
        context.ask(
                new PointsOf(machine),
                answer -> {
                    if (machine.equals(id)) {
                        problem.setText("");
                        showPoints(answer, true);
                    }
                },
                reason -> {
                    if (machine.equals(id)) {
                        problem.setText(reason);
                    }
                });
    }

    private void showPoints(List<RecoveryPoint> known, boolean answered) {
        points = List.copyOf(known);
        Snapshot now = snapshot;
        Figures figures = now == null ? null : now.figures();
        if (figures != null && answered) {
            pointsShown = figures.takenAt();
            picker.show(points, figures.takenAt());
            table.show(points, figures.takenAt(), picker.chosen());
        } else {
            pointsShown = null;
            picker.clear();
            table.getItems().clear();
        }
    }

    private void chooseFromTable(PointId point) {
        picker.choose(point);
    }

    private void chosen() {
        table.select(picker.chosen());
    }

    private void act(MachineAction action) {
        MachineModel shown = model;
        Figures told = snapshot == null ? null : snapshot.figures();
        if (shown == null || told == null) {
            return;
        }
        switch (action) {
            case TEST_FAILOVER ->
                TestFailoverDialog.open(context, shown.machine(), points, picker.chosen(), told.takenAt());
            case CLEAN_UP -> CleanUpDialog.open(context, shown.machine(), shown.test());
            case CHANGE_POLICY -> FollowDialog.open(context, List.of(shown.machine()), told);
            case CREATE_POINT, RESYNCHRONISE, UNPROTECT ->
                throw new IllegalArgumentException("no dialog for " + action);
        }
    }
}
