package dev.breakwater.vault.key;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What opens and seals the points of one machine: all that a process server is given of a vault's keys.
///
/// @param machine whose keys these are
/// @param machineKey seals metadata: manifests and index pages
/// @param diskKeys seals the data of each disk
public record MachineKeys(MachineId machine, FrameKey machineKey, Map<DiskId, FrameKey> diskKeys) {

    public MachineKeys {
        diskKeys = Map.copyOf(diskKeys);
    }

    private static final byte[] DIGESTS = "breakwater digests 1".getBytes(StandardCharsets.US_ASCII);

    /// With what the machine's blocks are digested: HKDF-SHA256 (RFC 5869) of the machine key's first epoch, as digests
    /// must stay comparable. They are sealed themselves.
    public DigestKey digestKey() {
        try {
            return DigestKey.of(KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(new SecretKeySpec(machineKey.first().toBytes(), "Generic"))
                            .thenExpand(DIGESTS, DigestKey.BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256; use a complete JDK 25.", e);
        }
    }

    /// The key of one disk.
    ///
    /// @throws IllegalArgumentException if there is none
    public FrameKey diskKey(DiskId disk) {
        FrameKey key = diskKeys.get(disk);
        if (key == null) {
            throw new IllegalArgumentException("There is no key of disk " + disk + " of machine " + machine + ".");
        }
        return key;
    }
}
