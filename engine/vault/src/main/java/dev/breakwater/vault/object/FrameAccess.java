package dev.breakwater.vault.object;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.framecodec.FrameIdentity;
import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.framecodec.FrameOpener;
import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.key.KeyRing;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.key.OutdatedKeysException;
import dev.breakwater.vault.key.Rotation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Reads and opens a machine's frames. Safe for several threads: each borrows an opener.
public final class FrameAccess {

    private final ObjectStore store;
    private final VaultId vault;
    private final MachineKeys keys;
    private final ConcurrentHashMap<UUID, Queue<FrameOpener>> openers = new ConcurrentHashMap<>();

    /// @param store where the objects are
    /// @param vault the vault's identity
    /// @param keys the machine's keys
    public FrameAccess(ObjectStore store, VaultId vault, MachineKeys keys) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
    }

    /// Where the objects are.
    public ObjectStore store() {
        return store;
    }

    /// Whose objects they are.
    public MachineId machine() {
        return keys.machine();
    }

    /// With what the machine's blocks are digested.
    public DigestKey digestKey() {
        return keys.digestKey();
    }

    /// Makes sure that what these keys do not open is not merely sealed with a newer one.
    ///
    /// @throws OutdatedKeysException if the vault's keys were rotated since these were fetched
    /// @throws StoreException if the store fails
    public void requireNewestKeys() throws IOException {
        int epoch = keys.machineKey().epochs();
        if (store.size(Rotation.objectName(epoch + 1)).isPresent()) {
            throw new OutdatedKeysException(epoch);
        }
    }

    /// Reads and opens a frame of metadata.
    ///
    /// @return its content
    /// @throws DamagedObjectException if it is not there as it should be
    /// @throws StoreException of kind `NOT_FOUND` if the object is gone: a newer checkpoint may do without it
    public ByteBuffer metadata(FrameRef frame) throws IOException {
        ByteBuffer sealed = ByteBuffer.allocate(frame.frameLength());
        String name = frame.source().object().name(machine());
        ByteBuffer raw = ByteBuffer.allocate(frame.rawLength());
        try {
            store.read(name, frame.offset(), sealed);
            openMetadata(frame.identity(), sealed.flip(), raw);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.CUT) {
                throw new DamagedObjectException(name, "The object " + name + " is cut.", e);
            }
            throw e;
        } catch (FrameException e) {
            throw new DamagedObjectException(
                    name,
                    "The object " + name + " is damaged: at byte " + frame.offset()
                            + ", where a page of an index should be: " + e.getMessage(),
                    e);
        }
        return raw.flip();
    }

    /// Opens a frame of metadata.
    ///
    /// @param sealed exactly the frame
    /// @param raw gets the content
    /// @throws FrameException if it is damaged or another one
    public void openMetadata(FrameIdentity identity, ByteBuffer sealed, ByteBuffer raw) throws FrameException {
        open(keys.machine().uuid(), keys.machineKey(), identity, sealed, raw);
    }

    /// Opens a frame of a disk's data.
    ///
    /// @param sealed exactly the frame
    /// @param raw gets the content
    /// @throws FrameException if it is damaged or another one
    /// @throws DamagedObjectException if the disk's key is missing or damaged
    public void openData(DiskId disk, FrameIdentity identity, ByteBuffer sealed, ByteBuffer raw)
            throws FrameException, DamagedObjectException {
        FrameKey key = keys.diskKeys().get(disk);
        if (key == null) {
            String name = KeyRing.objectName(keys.machine(), disk.uuid());
            throw new DamagedObjectException(
                    name,
                    "The key of disk " + disk + ", the object " + name
                            + ", is missing or damaged; nothing of the disk can be read.");
        }
        open(disk.uuid(), key, identity, sealed, raw);
    }

    private void open(UUID owner, FrameKey key, FrameIdentity identity, ByteBuffer sealed, ByteBuffer raw)
            throws FrameException {
        Queue<FrameOpener> idle = openers.computeIfAbsent(owner, ignored -> new ConcurrentLinkedQueue<>());
        FrameOpener opener = idle.poll();
        if (opener == null) {
            opener = new FrameOpener(key, new FrameOwner(vault, owner));
        }
        opener.open(identity, sealed, raw);
        idle.add(opener);
    }
}
