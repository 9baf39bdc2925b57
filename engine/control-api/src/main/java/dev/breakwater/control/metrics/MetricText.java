package dev.breakwater.control.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects figures and writes them in the text format of Prometheus. A figure that is not known is left out, so that
/// nobody takes it for 0. Names carry their unit (`_seconds`, `_bytes`, `_ratio`); counters end in `_total`.
///
/// Labels come in pairs: name, value, name, value.
public final class MetricText {

    /// What the HTTP header says.
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private interface Family {
        MetricSnapshot snapshot();
    }

    private record Gauges(String name, String help, List<GaugeDataPointSnapshot> points) implements Family {
        @Override
        public MetricSnapshot snapshot() {
            GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
            points.forEach(builder::dataPoint);
            return builder.build();
        }
    }

    private record Counters(String name, String help, List<CounterDataPointSnapshot> points) implements Family {
        @Override
        public MetricSnapshot snapshot() {
            CounterSnapshot.Builder builder =
                    CounterSnapshot.builder().name(name).help(help);
            points.forEach(builder::dataPoint);
            return builder.build();
        }
    }

    private record Summaries(String name, String help, List<SummaryDataPointSnapshot> points) implements Family {
        @Override
        public MetricSnapshot snapshot() {
            SummarySnapshot.Builder builder =
                    SummarySnapshot.builder().name(name).help(help);
            points.forEach(builder::dataPoint);
            return builder.build();
        }
    }

    private final Map<String, Family> families = new LinkedHashMap<>();

    /// A figure that goes up and down.
    ///
    /// @param value null if it is not known
    public MetricText gauge(String name, String help, @Nullable Number value, String... labels) {
        if (value != null
                && families.computeIfAbsent(name, key -> new Gauges(key, help, new ArrayList<>()))
                        instanceof Gauges gauges) {
            gauges.points().add(new GaugeDataPointSnapshot(value.doubleValue(), Labels.of(labels), null));
        }
        return this;
    }

    /// A figure that is true or not, as 1 or 0.
    ///
    /// @param value null if it is not known
    public MetricText flag(String name, String help, @Nullable Boolean value, String... labels) {
        return gauge(name, help, value == null ? null : (Number) (value ? 1 : 0), labels);
    }

    /// A figure that only grows, until its program starts anew.
    ///
    /// @param name without `_total`, which is added
    /// @param value null if it is not known
    public MetricText counter(String name, String help, @Nullable Number value, String... labels) {
        if (value != null
                && families.computeIfAbsent(name, key -> new Counters(key, help, new ArrayList<>()))
                        instanceof Counters counters) {
            counters.points().add(new CounterDataPointSnapshot(value.doubleValue(), Labels.of(labels), null, 0));
        }
        return this;
    }

    /// Number and sum of something that happens now and then, for its mean over any time.
    public MetricText summary(String name, String help, long count, double sum, String... labels) {
        if (families.computeIfAbsent(name, key -> new Summaries(key, help, new ArrayList<>()))
                instanceof Summaries summaries) {
            summaries
                    .points()
                    .add(SummaryDataPointSnapshot.builder()
                            .count(count)
                            .sum(sum)
                            .labels(Labels.of(labels))
                            .build());
        }
        return this;
    }

    /// All of it as text.
    public String render() {
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(
                            out,
                            new MetricSnapshots(families.values().stream()
                                    .map(Family::snapshot)
                                    .toList()),
                            EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written.", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
