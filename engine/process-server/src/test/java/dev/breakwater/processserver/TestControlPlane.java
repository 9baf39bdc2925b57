package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A configuration server that gives the orders it was told and writes down what it hears.
final class TestControlPlane implements ControlPlane {

    final BlockingQueue<DurableReport.DurableSlot> durables = new LinkedBlockingQueue<>();
    final BlockingQueue<DurableReport.VaultLoss> losses = new LinkedBlockingQueue<>();
    final BlockingQueue<ProcessServerHealth> healths = new LinkedBlockingQueue<>();
    private Assignments assignments;
    private boolean away;

    synchronized void order(Assignments changed) {
        assignments = changed;
        notifyAll();
    }

    synchronized void away(boolean now) {
        away = now;
        notifyAll();
    }

    private void requireThere() throws IOException {
        if (away) {
            throw new IOException("the configuration server is away");
        }
    }

    @Override
    public synchronized Assignments assignments(long knownVersion) throws IOException, InterruptedException {
        requireThere();
        while (assignments == null || assignments.version() == knownVersion) {
            wait(1000);
            requireThere();
        }
        return assignments;
    }

    @Override
    public synchronized void health(ProcessServerHealth health) throws IOException {
        requireThere();
        healths.add(health);
    }

    @Override
    public synchronized void durable(DurableReport report) throws IOException {
        requireThere();
        losses.addAll(report.losses());
        durables.addAll(report.slots());
    }

    @Override
    public void close() {}
}
