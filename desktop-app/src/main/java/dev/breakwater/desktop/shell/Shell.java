package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The window's content: navigation, top bar, the present page, status bar. Used on the JavaFX thread.
public final class Shell implements Navigator {

    /// Below this the navigation shows icons only, whatever was chosen.
    private static final double NARROW_WINDOW = 1280;

    /// A window at rest is not drawn more often than this.
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    /// The page that leads to an engine where there is none.
    private static final String SET_UP = "setup";

    private final PageContext context;
    private final Map<String, Section> sections = new HashMap<>();
    private final List<Section> listed;
    private final Map<String, Page> pages = new HashMap<>();
    private final History history = new History();
    private final NavigationBar navigation;
    private final TopBar top;
    private final StatusBar status;
    private final EngineNotice notice;
    private final StackPane place = new StackPane();
    private final BorderPane frame = new BorderPane();
    private final Overlay overlay;
    private final Function<PageContext, Page> makeJobsDrawer;
    private @Nullable Page jobsDrawer;
    private Snapshot snapshot = Snapshot.NOTHING;
    private Instant shownAt = Instant.EPOCH;
    private PageAddress address;

    /// A shell at its first section.
    ///
    /// @param jobsDrawer makes what Ctrl+J shows at the right edge
    /// @param start starts this computer's engine
    public Shell(
            Door door,
            Texts texts,
            Units units,
            Settings settings,
            List<Section> all,
            Function<PageContext, Page> jobsDrawer,
            EngineNotice.EngineStart start) {
        this.makeJobsDrawer = jobsDrawer;
        this.context = new PageContext(door, texts, units, settings, this);
        all.forEach(section -> sections.put(section.page(), section));
        this.listed = all.stream().filter(Section::listed).toList();
        this.navigation = new NavigationBar(all, context, this::toggleNavigation);
        this.top = new TopBar(
                texts,
                new TopBar.Actions(this::back, this::forward, this::search, this::showAttention, this::showShortcuts));
        this.status = new StatusBar(texts, units, this, this::toggleJobs);
        this.notice = new EngineNotice(
                texts, units, new EngineNotice.Actions(start, () -> go(PageAddress.of(SET_UP)), this::refresh));
        this.address = PageAddress.of(listed.getFirst().page());
        place.getStyleClass().add("page-place");
        frame.setLeft(navigation);
        frame.setCenter(new VBox(top, notice, place));
        VBox.setVgrow(place, javafx.scene.layout.Priority.ALWAYS);
        frame.setBottom(status);
        overlay = new Overlay(frame, () -> this.jobsDrawer = null);
        overlay.getStyleClass().add("shell");
        frame.widthProperty().addListener((property, before, width) -> fitNavigation());
        new Keys(this, overlay).install();
        status.show(StatusModel.of(snapshot));
        go(address);
    }

    /// What the window shows.
    public Parent root() {
        return overlay;
    }

    /// Shows what is known now. While the engine says the same again and again, only clocks would move: they do so
    /// every half minute.
    public void update(Snapshot newest) {
        boolean still = newest.isStillAsIn(snapshot);
        snapshot = newest;
        Instant now =
                newest.figures() == null ? Instant.EPOCH : newest.figures().takenAt();
        // Somebody may have set the clock back meanwhile.
        boolean lately = Duration.between(shownAt, now).abs().compareTo(CLOCKS) < 0;
        if (still && lately) {
            page().ask(newest);
            return;
        }
        shownAt = now;
        StatusModel model = StatusModel.of(newest);
        status.show(model);
        showNotice();
        top.attention(model.attention());
        page().update(newest);
        showPath();
        if (jobsDrawer != null) {
            jobsDrawer.update(newest);
        }
        outdated();
    }

    private void showNotice() {
        notice.show(snapshot, address.page().equals(SET_UP));
    }

    /// Starts this computer's engine and says so above the page.
    public void startEngine() {
        notice.start();
    }

    private void outdated() {
        place.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("outdated"), snapshot.outdated());
    }

    @Override
    public void go(PageAddress wanted) {
        if (!sections.containsKey(wanted.page())) {
            toast(context.texts().get("shell.no-such-page", wanted));
            return;
        }
        overlay.close();
        history.go(wanted);
        show(wanted);
    }

    @Override
    public void replace(PageAddress changed) {
        address = changed;
        history.replace(changed);
    }

    private void show(PageAddress wanted) {
        address = wanted;
        Page page = page();
        page.open(wanted);
        page.update(snapshot);
        place.getChildren().setAll(page.content());
        showNotice();
        navigation.select(section().home());
        top.history(history.canGoBack(), history.canGoForward());
        showPath();
        place.setAccessibleText(context.texts().get(section().title()));
        keepKeyboard();
    }

    /// What a page shows may get its name only once the engine has told.
    private void showPath() {
        Section section = section();
        top.path(context.texts().get(section.title()), page().title(), () -> go(PageAddress.of(section.home())));
    }

    /// What had the keyboard may have gone with the page before: Tab then begins at the new page's first control.
    private void keepKeyboard() {
        Node focused = overlay.getScene() == null ? null : overlay.getScene().getFocusOwner();
        if (overlay.getScene() != null && (focused == null || !isInside(focused, overlay) || focused.equals(frame))) {
            place.requestFocus();
        }
    }

    private Page page() {
        return pages.computeIfAbsent(address.page(), name -> section().make().apply(context));
    }

    private Section section() {
        Section section = sections.get(address.page());
        if (section == null) {
            throw new IllegalStateException("no section " + address.page());
        }
        return section;
    }

    void back() {
        history.back().ifPresent(this::show);
    }

    void forward() {
        history.forward().ifPresent(this::show);
    }

    /// The listed section of that number, from 0, if there is one.
    void goToSection(int number) {
        if (number < listed.size()) {
            go(PageAddress.of(listed.get(number).page()));
        }
    }

    void refresh() {
        shownAt = Instant.EPOCH;
        context.door().refresh();
    }

    void focusFilter() {
        page().focusFilter();
    }

    void testFailover() {
        page().testFailover();
    }

    /// Opens the drawer of jobs, or closes it.
    public void toggleJobs() {
        if (jobsDrawer != null && overlay.isOpen()) {
            overlay.close();
            return;
        }
        Page drawer = makeJobsDrawer.apply(context);
        drawer.update(snapshot);
        jobsDrawer = drawer;
        overlay.drawer(drawer.content());
    }

    boolean showsJobs() {
        return jobsDrawer != null && overlay.isOpen();
    }

    /// Moves the keyboard to the next of navigation, top bar, page and status bar.
    void nextPane() {
        List<Node> panes = List.of(navigation, top, place, status);
        Node focused = overlay.getScene().getFocusOwner();
        int present = 0;
        for (int i = 0; i < panes.size(); i++) {
            if (isInside(focused, panes.get(i))) {
                present = i;
            }
        }
        Optional.ofNullable(panes.get((present + 1) % panes.size()))
                .flatMap(Panes::firstFocusable)
                .ifPresent(Node::requestFocus);
    }

    private static boolean isInside(Node node, Node pane) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each.equals(pane)) {
                return true;
            }
        }
        return false;
    }

    void search() {
        overlay.dialog(new CommandBox(context.texts(), commands(), this::closeOverlay));
    }

    private List<Command> commands() {
        Texts texts = context.texts();
        List<Command> commands = new ArrayList<>();
        for (Section section : listed) {
            commands.add(new Command(
                    section.icon(),
                    texts.get(section.title()),
                    texts.get("shell.search.page"),
                    () -> goFound(PageAddress.of(section.page()))));
        }
        commands.add(new Command(
                Feather.REFRESH_CW, texts.get("shell.keys.refresh"), texts.get("shell.search.command"), this::refresh));
        commands.add(new Command(
                Feather.COMMAND, texts.get("shell.keys.help"), texts.get("shell.search.command"), this::showShortcuts));
        Figures figures = snapshot.figures();
        if (figures != null) {
            figures.machines()
                    .forEach(machine -> commands.add(new Command(
                            Feather.SERVER,
                            machine.name(),
                            texts.get("shell.search.machine"),
                            () -> goToMachine(machine.id().toString(), machine.name()))));
        }
        return commands;
    }

    /// Who searched goes on in what was found, not where the keyboard was before.
    private void goFound(PageAddress found) {
        go(found);
        place.requestFocus();
    }

    private void goToMachine(String id, String name) {
        goFound(
                sections.containsKey("machine")
                        ? PageAddress.of("machine", id)
                        : PageAddress.of("machines").with("text", name));
    }

    void showShortcuts() {
        overlay.dialog(new ShortcutSheet(context.texts()));
    }

    private void showAttention() {
        go(PageAddress.of(listed.getFirst().page()));
    }

    private void toggleNavigation() {
        context.settings().navigationCollapsed(!context.settings().navigationCollapsed());
        fitNavigation();
    }

    private void fitNavigation() {
        navigation.collapse(context.settings().navigationCollapsed() || frame.getWidth() < NARROW_WINDOW);
    }

    boolean hasOverlay() {
        return overlay.isOpen();
    }

    @Override
    public void showDialog(Node dialog) {
        overlay.dialog(dialog);
    }

    @Override
    public void showDrawer(Node drawer) {
        overlay.drawer(drawer);
    }

    @Override
    public void closeOverlay() {
        overlay.close();
    }

    @Override
    public boolean shows(Node shown) {
        return overlay.shows(shown);
    }

    @Override
    public void badge(String page, String characters) {
        navigation.badge(page, characters);
    }

    @Override
    public void toast(String message) {
        overlay.toast(message);
    }
}
