package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageContext;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;

/// Whether everything is well, on one page.
public final class DashboardPage implements Page {

    private static final int COLUMNS = 12;
    private static final int WIDE = 8;

    private final PageContext context;
    private final HealthTile health;
    private final ReadinessTile readiness;
    private final ThroughputTile throughput;
    private final RpoTile rpo;
    private final JobsTile jobs;
    private final AttentionTile attention;
    private final PageScroll content;

    /// A dashboard that knows nothing yet.
    public DashboardPage(PageContext context) {
        this.context = context;
        health = new HealthTile(context);
        readiness = new ReadinessTile(context);
        throughput = new ThroughputTile(context);
        rpo = new RpoTile(context);
        jobs = new JobsTile(context);
        attention = new AttentionTile(context);
        GridPane grid = new GridPane();
        grid.getStyleClass().addAll("page", "tiles");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            column.setHgrow(Priority.ALWAYS);
            grid.getColumnConstraints().add(column);
        }
        grid.add(health.node(), 0, 0, COLUMNS, 1);
        grid.add(readiness.node(), 0, 1, COLUMNS, 1);
        grid.add(throughput.node(), 0, 2, WIDE, 1);
        grid.add(rpo.node(), WIDE, 2, COLUMNS - WIDE, 1);
        grid.add(attention.node(), 0, 3, WIDE, 1);
        grid.add(jobs.node(), WIDE, 3, COLUMNS - WIDE, 1);
        grid.getRowConstraints().addAll(fixed(), fixed(), growing(280), growing(Region.USE_COMPUTED_SIZE));
        content = new PageScroll(grid);
        content.setFitToHeight(true);
    }

    private static RowConstraints fixed() {
        return new RowConstraints();
    }

    private static RowConstraints growing(double least) {
        RowConstraints row = new RowConstraints();
        row.setMinHeight(least);
        row.setVgrow(Priority.ALWAYS);
        return row;
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        if (figures == null) {
            return;
        }
        DashboardModel model = DashboardModel.of(figures, context.settings().testCounts());
        health.show(model);
        readiness.show(model);
        throughput.show(model);
        rpo.show(model);
        jobs.show(model);
        attention.show(model);
    }
}
