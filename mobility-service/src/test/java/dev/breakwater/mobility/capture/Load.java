package dev.breakwater.mobility.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs that keep a file system busy in all the ways that change a disk.
@SuppressWarnings("try") // closing may be interrupted like the test itself
final class Load implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    /// @param seconds ends on its own after this, whatever happens to the test
    static Load start(Path folder, int seconds, boolean trim) throws IOException {
        Load load = new Load();
        String fio = "exec fio --directory=" + folder + " --time_based --runtime=" + seconds + " --output=/dev/null";
        load.run(fio + " --name=direct --rw=randwrite --bs=4k --size=48m --direct=1 --rate=12m" + " --ioengine=psync");
        load.run(fio + " --name=mapped --rw=randwrite --bs=4k --size=16m --ioengine=mmap --rate=4m");
        load.run("exec timeout " + seconds + " sh -c '" + "cd " + folder
                + "; i=0; while :; do i=$((i+1)); n=$((i % 40));"
                + " dd if=/dev/urandom of=f$n bs=7k count=9 status=none; mv f$n g$n; truncate -s 11111 g$n;"
                + " fallocate -p -o 8192 -l 65536 direct.0.0 2>/dev/null;"
                + " fallocate -p -o $((i % 300 * 40960)) -l 40960 direct.0.0 2>/dev/null;"
                + " [ $((i % 3)) = 0 ] && rm -f g$(((i + 20) % 40)); [ $((i % 50)) = 0 ] && sync g$n; sleep 0.005;"
                + " done'");
        if (trim) {
            load.run("exec timeout " + seconds + " sh -c 'while :; do fstrim " + folder + "; sleep 0.7; done'");
        }
        return load;
    }

    private void run(String command) throws IOException {
        processes.add(new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    boolean alive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
