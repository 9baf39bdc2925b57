package dev.breakwater.processserver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How busy the computer is.
public interface HostLoad {

    /// Share of the processors that is in use, percent; empty if unknown.
    OptionalDouble processorPercent();

    /// Share of the memory that programs hold, percent; empty if unknown.
    OptionalDouble memoryPercent();

    /// This computer.
    static HostLoad ofThisComputer() {
        return LinuxLoad.INSTANCE;
    }

    /// This computer as Linux tells.
    enum LinuxLoad implements HostLoad {
        /// The only one.
        INSTANCE;

        private static final Path MEMORY_FILE = Path.of("/proc/meminfo");
        private static final Pattern MEMORY_LINE = Pattern.compile("(?m)^(MemTotal|MemAvailable): +(\\d+) kB$");

        @Override
        public OptionalDouble processorPercent() {
            double load = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getCpuLoad();
            return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * load);
        }

        /// What the kernel caches of files does not count, hence not the JDK's own figure.
        @Override
        public OptionalDouble memoryPercent() {
            try {
                Map<String, Long> values = new HashMap<>();
                Matcher matcher = MEMORY_LINE.matcher(Files.readString(MEMORY_FILE));
                while (matcher.find()) {
                    values.put(matcher.group(1), Long.parseLong(matcher.group(2)));
                }
                Long total = values.get("MemTotal");
                Long available = values.get("MemAvailable");
                return total == null || total == 0 || available == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(100.0 * (total - available) / total);
            } catch (IOException e) {
                return OptionalDouble.empty();
            }
        }
    }
}
