package dev.breakwater.processserver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How busy the computer is.
public interface HostLoad {

    /// Share of the processors that is in use, percent; negative if unknown.
    double processorPercent();

    /// Share of the memory that programs hold, percent; negative if unknown.
    double memoryPercent();

    /// This computer.
    static HostLoad ofThisComputer() {
        return LinuxLoad.INSTANCE;
    }

    /// This computer as Linux tells.
    enum LinuxLoad implements HostLoad {
        /// The only one.
        INSTANCE;

        private static final double UNKNOWN = -1;
        private static final Path MEMORY_FILE = Path.of("/proc/meminfo");
        private static final Pattern MEMORY_LINE = Pattern.compile("(?m)^(MemTotal|MemAvailable): +(\\d+) kB$");

        @Override
        public double processorPercent() {
            return 100
                    * ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getCpuLoad();
        }

        /// What the kernel caches of files does not count, hence not the JDK's own figure.
        @Override
        public double memoryPercent() {
            try {
                Map<String, Long> values = new HashMap<>();
                Matcher matcher = MEMORY_LINE.matcher(Files.readString(MEMORY_FILE));
                while (matcher.find()) {
                    values.put(matcher.group(1), Long.parseLong(matcher.group(2)));
                }
                long total = values.getOrDefault("MemTotal", 0L);
                long available = values.getOrDefault("MemAvailable", -1L);
                return total == 0 || available < 0 ? UNKNOWN : 100.0 * (total - available) / total;
            } catch (IOException e) {
                return UNKNOWN;
            }
        }
    }
}
