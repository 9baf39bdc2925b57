package dev.breakwater.recovery;

import dev.breakwater.model.Hardware;
import dev.breakwater.site.Probe;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunOrder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How a test failover's request becomes a site's order.
final class Orders {

    /// How long a machine without probes must keep running to count as booted: an emulated boot loader and kernel
    /// need about 10 s, and one that cannot mount its root has stopped by then.
    static final Duration SETTLING_TIME = Duration.ofSeconds(20);

    private Orders() {}

    static RunOrder order(RunId run, TestFailoverRequest request, Hardware hardware, List<RecoveredDisk> disks) {
        return new RunOrder(run, request.machineName(), hardware, disks, portsOf(request.probes()));
    }

    private static Set<Integer> portsOf(List<Probe> probes) {
        Set<Integer> ports = new TreeSet<>();
        for (Probe probe : probes) {
            switch (probe) {
                case Probe.HttpAnswer http -> ports.add(http.port());
                case Probe.TcpAnswer tcp -> ports.add(tcp.port());
                case Probe.SerialText _ -> {}
            }
        }
        return ports;
    }
}
