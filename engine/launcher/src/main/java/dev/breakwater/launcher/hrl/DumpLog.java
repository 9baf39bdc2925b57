package dev.breakwater.launcher.hrl;

import dev.breakwater.changelog.HrlEntry;
import dev.breakwater.changelog.HrlHeader;
import dev.breakwater.changelog.HrlReader;
import dev.breakwater.launcher.terminal.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows a change log's header and entries.
@Command(name = "dump", description = "Shows the header and the entries of a change log, without data.")
final class DumpLog implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The log.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// An entry as it is printed.
    record Entry(String kind, long offset, long length, String time, long dataChecksum, long fileOffset) {

        static Entry of(HrlEntry entry) {
            return new Entry(
                    entry.kind().name(),
                    entry.range().offset(),
                    entry.range().length(),
                    entry.time().toString(),
                    Integer.toUnsignedLong(entry.dataChecksum()),
                    entry.dataAt());
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (HrlReader reader = HrlReader.open(file)) {
            Map<String, Object> header = header(reader.header());
            if (json) {
                List<Entry> entries = new ArrayList<>();
                reader.entries(entry -> entries.add(Entry.of(entry)));
                header.put("entries", entries);
                out.println(Json.of(header));
            } else {
                header.forEach((name, value) -> out.println(name + ": " + value));
                reader.entries(entry -> out.println(entry.kind() + " "
                        + entry.range().offset() + " +" + entry.range().length() + "  " + entry.time()));
            }
        }
        return 0;
    }

    private static Map<String, Object> header(HrlHeader header) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uniqueId", header.uniqueId());
        fields.put("previousUniqueId", header.previousUniqueId());
        fields.put("closed", header.closed());
        fields.put("created", header.created());
        fields.put("modified", header.modified());
        fields.put("creator", header.creator());
        fields.put("creatorVersion", header.creatorVersion());
        fields.put("originalBytes", header.originalBytes());
        fields.put("currentBytes", header.currentBytes());
        fields.put("endOfLog", header.endOfLog());
        fields.put("errorCode", header.errorCode());
        fields.put("metadataBytes", header.metadataBytes());
        fields.put("totalEntries", header.totalEntries());
        fields.put("dataWriteGuid", header.dataWriteGuid());
        header.origin().ifPresent(origin -> {
            fields.put("disk", origin.disk());
            fields.put("diskBytes", origin.diskBytes());
            fields.put("incarnation", origin.incarnation());
            fields.put("generation", origin.generation());
            fields.put("point", origin.point());
        });
        return fields;
    }
}
