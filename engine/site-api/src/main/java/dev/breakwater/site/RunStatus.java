package dev.breakwater.site;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How a run stands.
///
/// @param run identity of the run
/// @param running whether the machine is switched on
/// @param accelerator what executes the machine's instructions, for example `kvm` or `tcg` (emulation, several times
/// slower)
/// @param serialLog file that receives what the machine prints on its first serial line
/// @param reachable where the ports of the order can be reached, by the machine's port number
/// @param remarks what an administrator should know about this run
public record RunStatus(
        RunId run,
        boolean running,
        String accelerator,
        Path serialLog,
        Map<Integer, InetSocketAddress> reachable,
        List<String> remarks) {

    public RunStatus {
        reachable = Map.copyOf(reachable);
        remarks = List.copyOf(remarks);
    }
}
