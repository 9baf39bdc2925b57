package dev.breakwater.desktop.charts;

/// Fewer values for fewer pixels.
final class Downsampling {

    private Downsampling() {}

    /// At most as many values as there are pixels: the largest of each group, so that no peak is lost. A group of
    /// which nothing is known stays unknown (not a number).
    static double[] toWidth(double[] values, int pixels) {
        if (pixels <= 0 || values.length <= pixels) {
            return values;
        }
        double[] fewer = new double[pixels];
        for (int i = 0; i < pixels; i++) {
            int from = (int) ((long) values.length * i / pixels);
            int to = (int) ((long) values.length * (i + 1) / pixels);
            double largest = Double.NaN;
            for (int j = from; j < to; j++) {
                if (!Double.isNaN(values[j]) && !(largest >= values[j])) {
                    largest = values[j];
                }
            }
            fewer[i] = largest;
        }
        return fewer;
    }
}
