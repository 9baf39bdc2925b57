package dev.breakwater.desktop.charts;

/// Tops of scales that are cut in three: a third of each is round too.
public final class Scales {

    private static final double[] SECONDS = {30, 60, 180, 360, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400};
    private static final double DAYS = 3 * 86_400.0;

    private Scales() {}

    /// The next of 1.5, 3, 6, 9 times a power of ten; 0 if there is nothing.
    public static double ofNumber(double largest) {
        if (largest <= 0) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(largest)));
        for (double step : new double[] {1.5, 3, 6, 9}) {
            if (largest <= step * power) {
                return step * power;
            }
        }
        return 15 * power;
    }

    /// The next of 30 s, 1, 3, 6, 15, 30 minutes, 1, 3, 6, 12, 24 hours, or three days and multiples; 0 if there is
    /// nothing.
    public static double ofDuration(double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        for (double step : SECONDS) {
            if (seconds <= step) {
                return step;
            }
        }
        return Math.ceil(seconds / DAYS) * DAYS;
    }
}
