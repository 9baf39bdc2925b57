package dev.breakwater.launcher.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows in columns, each as wide as its widest cell.
public final class Table {

    private final List<String[]> rows = new ArrayList<>();

    /// A table with these headings.
    public Table(String... headings) {
        rows.add(headings);
    }

    /// Adds a row; as many cells as there are headings.
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
        return this;
    }

    /// Prints the headings and the rows.
    public void print(PrintWriter out) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                line.append(row[column]).append(" ".repeat(widths[column] - row[column].length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
