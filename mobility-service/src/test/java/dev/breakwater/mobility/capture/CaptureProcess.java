package dev.breakwater.mobility.capture;

import dev.breakwater.model.DiskId;
import dev.breakwater.platform.Entropy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// A process that captures until it is killed; the tests kill it.
final class CaptureProcess {

    private CaptureProcess() {}

    /// Runs until killed.
    ///
    /// @param arguments folder, name, device, disk id, size, and `copy` or `freeze`
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DiskId id = new DiskId(UUID.fromString(arguments[3]));
        ProtectedDisk disk = new ProtectedDisk(id, arguments[2], Long.parseLong(arguments[4]));
        Replica replica = new Replica(folder, List.of(disk));
        MachineCapture capture = MachineCapture.open(settings(folder, arguments[1]), List.of(disk));
        if (capture.start() instanceof CaptureStart.Anew) {
            capture.markAllocated(id);
            write(folder, 0);
        } else {
            capture.returnLost(lastDurable(folder));
        }
        System.out.println("started " + capture.start());
        if (arguments[5].equals("freeze")) {
            capture.copyPass(replica, Long.MAX_VALUE);
            capture.closePoint(
                    replica, PointRequest.crashConsistent().whileFrozen(CaptureProcess::hang, Duration.ofMinutes(1)));
        }
        int unanswered = 0;
        while (true) {
            capture.copyPass(replica, 4 << 20);
            if (capture.canClose()) {
                long closed = capture.cutPartial().generation();
                // Now and then a generation stays without an answer for a while.
                if (++unanswered == 3) {
                    unanswered = 0;
                    write(folder, closed);
                    capture.durable(closed);
                }
            }
        }
    }

    private static String hang() throws InterruptedException {
        System.out.println("frozen");
        Thread.sleep(Duration.ofMinutes(2));
        return "";
    }

    static CaptureSettings settings(Path folder, String name) {
        return CaptureSettings.usual(
                folder.resolve("state"), name, InstantSource.system(), System::nanoTime, Entropy.system());
    }

    private static void write(Path folder, long generation) throws Exception {
        Files.writeString(folder.resolve("durable.new"), Long.toString(generation));
        Files.move(
                folder.resolve("durable.new"), folder.resolve("durable"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    static long lastDurable(Path folder) throws Exception {
        return Long.parseLong(Files.readString(folder.resolve("durable")));
    }
}
