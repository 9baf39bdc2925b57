package dev.breakwater.vault.key;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of machines and disks, each with a secret for each epoch of the vault's keys: the first is a wrapped object
/// `keys/<machine>/<owner>` in the vault. The owner is
/// the machine itself or one of its disks. Safe for several threads and for several computers at once.
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final String PREFIX = ObjectKind.KEY.prefix();
    private static final int MAGIC = 0x42574B31;
    private static final int HEADER_BYTES = 4;
    private static final int UUID_CHARACTERS = 36;
    private static final int PAGE = 5_000;

    /// Machines of one vault: five times what one vault of Azure Site Recovery takes. Bounds the listing.
    private static final int MAX_MACHINES = 5_000;

    private final ObjectStore store;
    private final VaultId vault;
    private final VaultKeys keys;
    private final Entropy entropy;

    /// The keys in a vault that is opened with its keys.
    public KeyRing(ObjectStore store, VaultId vault, VaultKeys keys, Entropy entropy) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.entropy = entropy;
    }

    /// The keys of a machine and of these disks; what is missing is made, once and for all. May be repeated.
    ///
    /// @throws StoreException if the store fails; calling again goes on
    /// @throws WrongKeyException if a key in the vault is damaged
    public MachineKeys machineKeys(MachineId machine, Set<DiskId> disks) throws IOException {
        FrameKey machineKey = readOrMake(machine, machine.uuid());
        Map<DiskId, FrameKey> diskKeys = new HashMap<>();
        for (DiskId disk : disks) {
            diskKeys.put(disk, readOrMake(machine, disk.uuid()));
        }
        return new MachineKeys(machine, machineKey, diskKeys);
    }

    /// The keys of a machine and of all disks that it ever had, as far as they can be read. Makes none.
    ///
    /// @throws StoreException of kind `NOT_FOUND` if the vault has no key of the machine
    /// @throws WrongKeyException if the machine's own key is damaged
    public MachineKeys existing(MachineId machine) throws IOException {
        return readable(machine).keys();
    }

    /// The keys of a machine, and which of its disks' keys are damaged.
    ///
    /// @param keys those that can be read
    /// @param damaged the others' objects, and what is wrong with each
    public record ReadableKeys(MachineKeys keys, Map<DiskId, WrongKeyException> damaged) {}

    /// As [#existing], and says what could not be read.
    ///
    /// @throws IOException as there
    public ReadableKeys readable(MachineId machine) throws IOException {
        FrameKey machineKey = read(machine, machine.uuid());
        Map<DiskId, FrameKey> diskKeys = new HashMap<>();
        Map<DiskId, WrongKeyException> damaged = new TreeMap<>();
        String folder = PREFIX + machine + "/";
        for (ObjectInfo object : store.list(folder, "", PAGE)) {
            Optional<UUID> owner = uuid(object.name().substring(folder.length()));
            if (owner.isEmpty() || owner.get().equals(machine.uuid())) {
                continue;
            }
            DiskId disk = new DiskId(owner.get());
            try {
                diskKeys.put(disk, read(machine, disk.uuid()));
            } catch (WrongKeyException e) {
                LOG.warn("Disk {} of machine {} cannot be read: {}", disk, machine, e.getMessage());
                damaged.put(disk, e);
            }
        }
        return new ReadableKeys(new MachineKeys(machine, machineKey, diskKeys), damaged);
    }

    /// The machines that have keys here, in ascending order.
    ///
    /// @throws StoreException if the store fails
    public List<MachineId> machines() throws IOException {
        Set<MachineId> machines = new TreeSet<>();
        List<ObjectInfo> page = store.list(PREFIX, "", PAGE);
        while (!page.isEmpty() && machines.size() < MAX_MACHINES) {
            for (ObjectInfo object : page) {
                String rest = object.name().substring(PREFIX.length());
                uuid(rest.substring(0, Math.min(UUID_CHARACTERS, rest.length())))
                        .ifPresent(id -> machines.add(new MachineId(id)));
            }
            page = page.size() < PAGE
                    ? List.of()
                    : store.list(PREFIX, page.getLast().name(), PAGE);
        }
        return new ArrayList<>(machines);
    }

    /// The name of a key's object.
    ///
    /// @param owner the machine or one of its disks
    public static String objectName(MachineId machine, UUID owner) {
        return name(machine, owner);
    }

    private FrameKey readOrMake(MachineId machine, UUID owner) throws IOException {
        try {
            return read(machine, owner);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) {
                throw e;
            }
        }
        byte[] key = entropy.bytes(FrameKey.KEY_BYTES);
        byte[] wrapped = KeyWrapping.wrap(keys.newest().wrappingKey(vault), key, place(machine, owner), entropy);
        ByteBuffer object = ByteBuffer.allocate(HEADER_BYTES + wrapped.length)
                .putInt(MAGIC)
                .put(wrapped)
                .flip();
        // Whoever was first, what lies there now is the key for everybody.
        store.putIfAbsent(name(machine, owner), List.of(object));
        return read(machine, owner);
    }

    private FrameKey read(MachineId machine, UUID owner) throws IOException {
        ByteBuffer object = store.get(name(machine, owner));
        if (object.remaining() != HEADER_BYTES + KeyWrapping.WRAPPED_BYTES || object.getInt() != MAGIC) {
            throw new WrongKeyException(
                    "The object \"" + name(machine, owner) + "\" is damaged: it is no wrapped key.");
        }
        byte[] wrapped = new byte[KeyWrapping.WRAPPED_BYTES];
        object.get(wrapped);
        return keys.ownersKey(vault, unwrap(wrapped, machine, owner));
    }

    /// Its owner may have come in any epoch.
    private byte[] unwrap(byte[] wrapped, MachineId machine, UUID owner) throws WrongKeyException {
        WrongKeyException refusal = new WrongKeyException("The key in the object \"" + name(machine, owner)
                + "\" cannot be unwrapped: it is damaged, or of" + " another vault.");
        for (VaultKey epoch : keys.epochs().reversed()) {
            try {
                return KeyWrapping.unwrap(epoch.wrappingKey(vault), wrapped, place(machine, owner));
            } catch (WrongKeyException e) {
                refusal.addSuppressed(e);
            }
        }
        throw refusal;
    }

    private byte[] place(MachineId machine, UUID owner) {
        ByteBuffer place = ByteBuffer.allocate(3 * 16);
        for (UUID id : List.of(vault.uuid(), machine.uuid(), owner)) {
            place.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        return place.array();
    }

    private static String name(MachineId machine, UUID owner) {
        return PREFIX + machine + "/" + owner;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
