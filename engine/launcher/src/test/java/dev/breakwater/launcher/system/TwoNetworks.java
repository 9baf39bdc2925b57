package dev.breakwater.launcher.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two networks of their own on this computer, one for the servers and one for the machines, and a cable between them
/// that can lose packets or all of them, so that TCP sees the real thing: retransmission, and no end of a connection.
///
/// `netem` loses the packets where the kernel has it, else nf_tables does. Needs root, `ip`, `nft`, `nsenter` and `tc`.
final class TwoNetworks implements AutoCloseable {

    /// Reserved for tests between networks (RFC 2544); here they exist only inside the two networks.
    private static final String SERVERS = "198.18.0.1";

    private static final String MACHINES = "198.18.0.2";
    private static final String CABLE = "cable";

    private final Side servers;
    private final Side machines;
    private final boolean netem;

    private TwoNetworks(Side servers, Side machines, boolean netem) {
        this.servers = servers;
        this.machines = machines;
        this.netem = netem;
    }

    /// One end of the cable.
    private record Side(String name) {
        List<String> inside() {
            // Not `ip netns exec`, which hides what the kernel shows in /sys.
            return List.of("nsenter", "--net=" + Path.of("/run/netns", name));
        }

        void run(String command) {
            if (!tries(command)) {
                throw new AssertionError("In the network " + name + " this failed: " + command);
            }
        }

        boolean tries(String command) {
            List<String> all = new ArrayList<>(inside());
            all.addAll(List.of("sh", "-c", command));
            return Subprocess.start(Path.of("/dev/null"), all).await(Duration.ofSeconds(20)) == 0;
        }
    }

    /// Whether this kernel has networks of their own, and can lose packets in them.
    static boolean possible() {
        try (TwoNetworks _ = create()) {
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    static TwoNetworks create() {
        String unique = Long.toString(ProcessHandle.current().pid(), 36);
        Side servers = new Side("breakwater-s-" + unique);
        Side machines = new Side("breakwater-m-" + unique);
        Subprocess.run("ip", "netns", "add", servers.name());
        Subprocess.run("ip", "netns", "add", machines.name());
        TwoNetworks networks = new TwoNetworks(servers, machines, false);
        try {
            servers.run("ip link add " + CABLE + " type veth peer name " + CABLE + " netns " + machines.name());
            servers.run("ip addr add " + SERVERS + "/30 dev " + CABLE + " && ip link set " + CABLE
                    + " up && ip link set lo up");
            machines.run("ip addr add " + MACHINES + "/30 dev " + CABLE + " && ip link set " + CABLE
                    + " up && ip link set lo up");
            networks = new TwoNetworks(servers, machines, machines.tries("tc qdisc add dev " + CABLE + " root netem"));
            networks.lose(1);
            networks.mend();
            return networks;
        } catch (AssertionError e) {
            networks.close();
            throw e;
        }
    }

    /// Words before the command of a server.
    List<String> atServers() {
        return servers.inside();
    }

    /// Words before the command of a mobility service.
    List<String> atMachines() {
        return machines.inside();
    }

    /// At which machines reach the servers.
    String address() {
        return SERVERS;
    }

    /// From now on so many of a hundred packets are lost in each direction; 100 cuts the cable.
    void lose(int percent) {
        mend();
        for (Side side : List.of(servers, machines)) {
            // Where they arrive: who sends must not notice.
            side.run(
                    netem
                            ? "tc qdisc add dev " + CABLE + " root netem loss " + percent + "%"
                            : "nft add table inet loss"
                                    + " && nft 'add chain inet loss in { type filter hook input priority 0; }'"
                                    + " && nft 'add rule inet loss in iifname " + CABLE
                                    + (percent < 100 ? " numgen random mod 100 < " + percent : "") + " drop'");
        }
    }

    /// No more packets are lost.
    void mend() {
        for (Side side : List.of(servers, machines)) {
            side.tries(netem ? "tc qdisc del dev " + CABLE + " root" : "nft delete table inet loss");
        }
    }

    @Override
    public void close() {
        Subprocess.run("ip", "netns", "del", servers.name());
        Subprocess.run("ip", "netns", "del", machines.name());
    }
}
