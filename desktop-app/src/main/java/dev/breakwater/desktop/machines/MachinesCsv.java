package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.List;
import java.util.stream.Collectors;

/// The table as a file for spreadsheets (RFC 4180).
final class MachinesCsv {

    private MachinesCsv() {}

    /// Header and rows of those columns.
    static String of(List<MachineRow> rows, List<MachineColumn> columns, Texts texts, Units units) {
        StringBuilder file = new StringBuilder();
        file.append(columns.stream()
                        .map(column -> quoted(texts.of("machines.column", column)))
                        .collect(Collectors.joining(",")))
                .append("\r\n");
        for (MachineRow row : rows) {
            file.append(columns.stream()
                            .map(column -> quoted(column.text(row, texts, units)))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return file.toString();
    }

    /// A name that begins like a formula would be one in a spreadsheet.
    private static String quoted(String text) {
        String plain = text.replace('\u00a0', ' ');
        String safe = plain.matches("^[=+@\\-\\t\\r].*") ? "'" + plain : plain;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
