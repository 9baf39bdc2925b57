package dev.breakwater.configurationserver.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.metrics.MachineMetrics;
import dev.breakwater.control.metrics.MetricText;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts what the configuration server knows into metrics. Labels are names of registered machines and process servers,
/// so their number is bounded by registration. OPERATIONS.md lists the metrics.
public final class SiteMetrics {

    private static final String HEALTH_HELP = "0 normal, 1 warning, 2 critical.";

    private SiteMetrics() {}

    /// The text.
    public static String text(EngineStatus engine, List<ProcessServerView> servers, List<MachineView> machines) {
        MetricText text = new MetricText();
        engine(text, engine);
        program(text);
        Map<UUID, String> names = machines.stream()
                .collect(Collectors.toMap(machine -> machine.id().uuid(), MachineView::name));
        servers.forEach(server -> {
            ProcessServerMetrics.add(text, server, names);
            text.gauge(
                    "breakwater_process_server_health",
                    "Health of a process server: " + HEALTH_HELP,
                    number(server.health()),
                    "process_server",
                    server.name());
        });
        machines.forEach(machine -> machine(text, machine));
        return text.render();
    }

    private static void engine(MetricText text, EngineStatus engine) {
        text.gauge("breakwater_build_info", "Version of the engine.", 1, "version", engine.version());
        text.gauge(
                "breakwater_engine_health", "The worst health of all parts: " + HEALTH_HELP, number(engine.health()));
        text.gauge(
                "breakwater_engine_start_time_seconds",
                "When the configuration server was started.",
                engine.startedAt().getEpochSecond());
        text.gauge("breakwater_engine_running_jobs", "Jobs that have not ended.", engine.runningJobs());
        text.gauge(
                "breakwater_engine_waiting_documents",
                "Descriptions that the vault must hold and does not hold yet.",
                engine.pendingVaultDocuments());
        text.gauge("breakwater_engine_machines", "Registered machines.", engine.machines());
        text.gauge("breakwater_engine_protected_machines", "Protected machines.", engine.protectedMachines());
    }

    private static void program(MetricText text) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        text.gauge("breakwater_engine_heap_used_bytes", "Heap in use by the engine's program.", heap.getUsed());
        text.gauge(
                "breakwater_engine_heap_max_bytes",
                "The most heap that it may use.",
                heap.getMax() < 0 ? null : (Number) heap.getMax());
        long cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        text.counter(
                "breakwater_engine_cpu_seconds",
                "Processor time that the engine's program took.",
                cpu < 0 ? null : (Number) (cpu / 1e9));
    }

    private static void machine(MetricText text, MachineView machine) {
        String[] label = {"machine", machine.name()};
        text.gauge("breakwater_machine_health", "Health of a machine: " + HEALTH_HELP, number(machine.health()), label);
        text.gauge(
                "breakwater_machine_protection_info",
                "Where a machine's protection stands.",
                1,
                "machine",
                machine.name(),
                "state",
                machine.state().name());
        text.gauge(
                "breakwater_machine_rpo_seconds",
                "Age of the newest recovery point; absent while there is none.",
                machine.rpoSeconds(),
                label);
        text.gauge(
                "breakwater_machine_last_heard_timestamp_seconds",
                "When the machine was last heard; absent if not since the configuration server started.",
                seconds(machine.lastHeartbeat()),
                label);
        if (machine.status() != null) {
            MachineMetrics.add(text, machine.status(), machine.name());
        }
    }

    static @Nullable Number seconds(@Nullable Instant time) {
        return time == null ? null : (Number) time.getEpochSecond();
    }

    private static int number(Health health) {
        return switch (health) {
            case NORMAL -> 0;
            case WARNING -> 1;
            case CRITICAL -> 2;
        };
    }
}
