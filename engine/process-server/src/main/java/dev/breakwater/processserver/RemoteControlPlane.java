package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.io.IOException;

/// The configuration server over HTTPS.
///
/// @param client the connection, which this owns
public record RemoteControlPlane(ProcessServerClient client) implements ControlPlane {

    @Override
    public Assignments assignments(long knownVersion) throws IOException, InterruptedException {
        return client.assignments(knownVersion);
    }

    @Override
    public void health(ProcessServerHealth health) throws IOException, InterruptedException {
        client.health(health);
    }

    @Override
    public void durable(DurableReport report) throws IOException, InterruptedException {
        client.durable(report);
    }

    @Override
    public void close() {
        client.close();
    }
}
