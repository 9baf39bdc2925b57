package dev.breakwater.launcher.demo;

import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.LivePracticeMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The practice machine with its disks as real block devices (loop devices) and its file systems mounted, as they are
/// inside a running machine. Needs root.
final class LoopSource implements PracticeSource {

    private final LivePracticeMachine machine;
    private @Nullable Workload workload;

    private LoopSource(LivePracticeMachine machine) {
        this.machine = machine;
    }

    /// Builds the machine.
    static LoopSource build(Path folder, long sizeBytes, String content) throws IOException, InterruptedException {
        return new LoopSource(LivePracticeMachine.start(folder, sizeBytes, 0, content, KernelFiles.defaultCache()));
    }

    @Override
    public String disk() {
        return machine.disks().getFirst().device().toString();
    }

    @Override
    public String description() {
        return "loop device " + disk() + " with its ext4 root mounted, live tracking";
    }

    @Override
    public long sizeBytes() {
        return machine.disks().getFirst().sizeBytes();
    }

    @Override
    public void startWorkload() throws IOException {
        workload = new Workload(machine.root().resolve("srv/load"));
        workload.start();
    }

    @Override
    public long workloadBytes() {
        return workload == null ? 0 : workload.writtenBytes();
    }

    @Override
    public void serve(String text) throws IOException {
        Path content = machine.contentFile();
        Path next = content.resolveSibling("content.next");
        Files.writeString(next, text);
        Files.move(next, content, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean servesChanges() {
        return true;
    }

    @Override
    public void load(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public String copyCommand(Path target) {
        return "dd if=" + disk() + " of='" + target + "' bs=4M iflag=direct conv=sparse status=none";
    }

    @Override
    public void close() throws IOException {
        try {
            if (workload != null) {
                workload.close();
            }
        } finally {
            machine.close();
        }
    }
}
