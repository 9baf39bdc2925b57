package dev.breakwater.mobility.replication;

import dev.breakwater.wire.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Cuts remarks to what a CLOSE can carry.
final class Remarks {

    private Remarks() {}

    static List<String> fitting(List<String> remarks) {
        return remarks.stream()
                .distinct()
                .limit(Protocol.MAX_REMARKS)
                .map(Remarks::fitting)
                .toList();
    }

    private static String fitting(String remark) {
        String cut = remark;
        while (cut.getBytes(StandardCharsets.UTF_8).length > Protocol.MAX_TEXT_BYTES) {
            cut = cut.substring(0, cut.length() - Math.max(1, cut.length() / 8));
        }
        return cut;
    }
}
