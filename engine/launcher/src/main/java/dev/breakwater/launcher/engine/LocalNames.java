package dev.breakwater.launcher.engine;

import java.io.IOException;
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

    /// The addresses that others may reach, then the computer's name, then the loopback's.
    static List<String> all() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Set<String> loopback = new LinkedHashSet<>();
        for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
            if (!card.isUp()) {
                continue;
            }
            card.inetAddresses()
                    .filter(address -> !address.isLinkLocalAddress())
                    .forEach(address -> (address.isLoopbackAddress() ? loopback : names)
                            .add(address.getHostAddress().split("%", 2)[0]));
        }
        names.add(hostName());
        loopback.add("127.0.0.1");
        names.addAll(loopback);
        names.add("localhost");
        return new ArrayList<>(names);
    }
}
