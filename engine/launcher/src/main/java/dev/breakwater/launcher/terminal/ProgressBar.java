package dev.breakwater.launcher.terminal;

import java.io.PrintStream;
import java.util.Locale;

/// A bar that fills from left to right. On a terminal it redraws itself; elsewhere it prints a line at each tenth.
public final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final String title;
    private final boolean redraw;
    private int shownTenth = -1;

    /// A bar.
    ///
    /// @param title stands before it
    /// @param redraw whether the output is a terminal
    public ProgressBar(PrintStream out, String title, boolean redraw) {
        this.out = out;
        this.title = title;
        this.redraw = redraw;
    }

    /// Shows how far the work is.
    ///
    /// @param done so much, from 0 to `total`
    /// @param note stands behind the bar, for example a speed
    public void show(long done, long total, String note) {
        double fraction = total <= 0 ? 1 : Math.clamp((double) done / total, 0, 1);
        if (redraw) {
            int filled = (int) (fraction * WIDTH);
            out.print("\r  " + title + " [" + "█".repeat(filled) + "░".repeat(WIDTH - filled) + "] " + percent(fraction)
                    + "  " + note + "      ");
            out.flush();
        } else if ((int) (fraction * 10) > shownTenth) {
            shownTenth = (int) (fraction * 10);
            out.println("  " + title + " " + percent(fraction) + "  " + note);
        }
    }

    /// Ends the bar's line.
    public void end() {
        if (redraw) {
            out.println();
        }
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%3d %%", Math.round(fraction * 100));
    }
}
