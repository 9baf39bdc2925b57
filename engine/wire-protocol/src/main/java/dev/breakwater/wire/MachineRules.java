package dev.breakwater.wire;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.Sequenced;
import java.util.HashSet;
import java.util.Set;

/// What a machine may send and when, as the process server checks it: a state machine without sockets, threads or
/// clocks. One per connection; used by one thread at a time, save that [#grant] may come from another.
///
/// Invariants: sequence numbers have no gap; the sum of costs never passes the credit; every range lies on its disk;
/// generations close one after another.
public final class MachineRules {

    private static final long MAX_DISK_BYTES = 1L << 46;

    private final Hello hello;
    private long lastSequence;
    private long spent;
    private long nextGeneration;
    private volatile long credit;

    /// Begins with the machine's HELLO.
    ///
    /// @throws ProtocolException if it is not acceptable from anybody
    public MachineRules(Hello hello) throws ProtocolException {
        this.hello = hello;
        this.nextGeneration = hello.nextGeneration();
        if (hello.version() < Protocol.VERSION) {
            throw new ProtocolException(
                    RefusalCode.VERSION,
                    "The mobility service speaks version " + hello.version()
                            + " of the replication protocol at most, the" + " process server version "
                            + Protocol.VERSION + ": update the mobility service.");
        }
        if (hello.nextGeneration() < 1) {
            throw new ProtocolException("HELLO begins with generation " + hello.nextGeneration());
        }
        if (hello.disks().isEmpty()) {
            throw new ProtocolException("HELLO names no disk");
        }
        Set<DiskId> seen = new HashSet<>();
        for (Hello.Disk disk : hello.disks()) {
            if (!seen.add(disk.id())) {
                throw new ProtocolException("HELLO names a disk twice");
            }
            if (disk.sizeBytes() <= 0 || disk.sizeBytes() > MAX_DISK_BYTES || disk.sizeBytes() % 512 != 0) {
                throw new ProtocolException("HELLO names a disk of " + disk.sizeBytes() + " bytes");
            }
        }
    }

    /// What the machine was told that it may send in all.
    public void grant(long creditBytes) {
        credit = creditBytes;
    }

    /// Checks a message from the machine.
    ///
    /// @throws ProtocolException if it is not allowed here; the connection must end
    public void check(Message message) throws ProtocolException {
        switch (message) {
            case Message.Data data -> {
                sequenced(data);
                range(data.diskIndex(), data.offset(), data.rawLength());
                payload(data);
            }
            case Message.Zeros zeros -> {
                sequenced(zeros);
                range(zeros.diskIndex(), zeros.offset(), zeros.length());
            }
            case Message.Close close -> {
                sequenced(close);
                if (close.generation() != nextGeneration) {
                    throw new ProtocolException(
                            "CLOSE of generation " + close.generation() + ", but " + nextGeneration + " is open");
                }
                nextGeneration++;
            }
            case Message.DigestsRequest request -> {
                if (request.count() < 1 || request.count() > Protocol.MAX_DIGEST_REGIONS) {
                    throw new ProtocolException("DIGESTS_REQUEST for " + request.count() + " regions");
                }
                regions(request.diskIndex(), request.firstRegion(), request.count());
            }
            case Message.BlockDigestsRequest request -> regions(request.diskIndex(), request.region(), 1);
            case Message.Ping _, Message.Pong _ -> {}
            default -> throw new ProtocolException(MessageType.of(message) + " is not for a machine to send here");
        }
    }

    private void sequenced(Sequenced message) throws ProtocolException {
        if (message.sequence() != lastSequence + 1) {
            throw new ProtocolException("sequence " + message.sequence() + " after " + lastSequence);
        }
        lastSequence++;
        spent += message.cost();
        if (spent > credit) {
            throw new ProtocolException("sent " + spent + " bytes with a credit of " + credit);
        }
    }

    private Hello.Disk disk(int index) throws ProtocolException {
        if (index >= hello.disks().size()) {
            throw new ProtocolException("disk " + index + " of " + hello.disks().size());
        }
        return hello.disks().get(index);
    }

    private void range(int diskIndex, long offset, long length) throws ProtocolException {
        long size = disk(diskIndex).sizeBytes();
        boolean inside = offset >= 0 && length > 0 && offset < size && length <= size - offset;
        if (!inside || !Blocks.isAligned(offset) || !(Blocks.isAligned(length) || offset + length == size)) {
            throw new ProtocolException(
                    "offset " + offset + ", length " + length + " is no range of blocks of a disk of " + size);
        }
    }

    /// What LZ4 shortened is a piece that is stored by itself, so that small ones cannot take a frame each.
    private static void payload(Message.Data data) throws ProtocolException {
        int length = data.payload().readableBytes();
        int raw = data.rawLength();
        if (raw > Protocol.MAX_DATA_BYTES || length > raw) {
            throw new ProtocolException("a payload of " + length + " bytes for " + raw + " bytes of a disk");
        }
        if (data.compressed() && !data.large()) {
            throw new ProtocolException("a compressed payload for " + raw + " bytes of a disk");
        }
    }

    private void regions(int diskIndex, long first, int count) throws ProtocolException {
        long regions = Protocol.regionCount(disk(diskIndex).sizeBytes());
        if (first < 0 || first >= regions || count > regions - first) {
            throw new ProtocolException("regions " + first + "+" + count + " of a disk of " + regions);
        }
    }
}
