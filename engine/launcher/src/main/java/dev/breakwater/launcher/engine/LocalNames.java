package dev.breakwater.launcher.engine;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Names and addresses of this computer.
final class LocalNames {

    private LocalNames() {}

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    /// The addresses that others may reach, those of IPv4 first because more networks carry it, then the computer's
    /// name, then the loopback's.
    static List<String> all() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Set<String> newer = new LinkedHashSet<>();
        Set<String> loopback = new LinkedHashSet<>();
        for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
            if (!card.isUp()) {
                continue;
            }
            card.inetAddresses()
                    .filter(address -> !address.isLinkLocalAddress())
                    .forEach(address -> {
                        Set<String> kind = address instanceof Inet4Address ? names : newer;
                        (address.isLoopbackAddress() ? loopback : kind)
                                .add(address.getHostAddress().split("%", 2)[0]);
                    });
        }
        names.addAll(newer);
        names.add(hostName());
        loopback.add("127.0.0.1");
        names.addAll(loopback);
        names.add("localhost");
        return new ArrayList<>(names);
    }
}
