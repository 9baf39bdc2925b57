package dev.breakwater.processserver.upload;

/// Measures the speed of uploads over the time in which there was something to upload, so that an idle hour does not
/// count as slowness. Not safe for threads; its owner's lock guards it.
final class UploadMeter {

    /// Older time weighs ever less: after a minute of work half.
    private static final double HALF_LIFE_NANOS = 60e9;

    private int running;
    private long since;
    private double busyNanos;
    private double busyBytes;
    private long totalBytes;

    UploadMeter(long now) {
        since = now;
    }

    void began(long now) {
        advance(now);
        running++;
    }

    void ended(long now, long bytes) {
        advance(now);
        running = Math.max(0, running - 1);
        busyBytes += bytes;
        totalBytes += bytes;
    }

    private void advance(long now) {
        if (running > 0 && now > since) {
            double keep = Math.pow(0.5, (now - since) / HALF_LIFE_NANOS);
            busyNanos = busyNanos * keep + (now - since);
            busyBytes *= keep;
        }
        since = now;
    }

    long bytesPerSecond(long now) {
        advance(now);
        return busyNanos < 1 ? 0 : (long) (busyBytes * 1e9 / busyNanos);
    }

    long totalBytes() {
        return totalBytes;
    }
}
