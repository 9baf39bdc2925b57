package dev.breakwater.processserver.machine;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.log.LogContext;
import dev.breakwater.vault.log.DurableSlot;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.reading.MachineReader;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.MachineChannel;
import dev.breakwater.wire.transport.MachineSession;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves one connection of a machine, on a thread of its own: opens the machine's log, takes DATA, ZEROS and
/// CLOSE in order, hands them to the log's writer, gives new credit, and says DURABLE when the vault holds a
/// generation.
///
/// Whatever goes wrong ends the connection: the machine sends again what was not durable, through a writer opened
/// anew.
final class ReplicationSession implements MachineSession {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationSession.class);

    /// New credit is given when an eighth of the window was taken over: few messages, and the machine never waits.
    private static final int CREDIT_STEPS = 8;

    /// Slots that can have become durable without a word: those on their way at once, twice.
    private static final int UNTOLD_SLOTS = 2 * Protocol.MAX_OPEN_GENERATIONS;

    private final Serving serving;
    private final DeskTools tools;
    private final MachineChannel channel;
    private final Hello hello;
    private final CompletableFuture<?> earlier;
    private final Traffic traffic;
    private final Runnable reminder;
    private final SlotWitness witness;
    private final Inbox inbox = new Inbox(Protocol.MAX_OPEN_DIGEST_REQUESTS);

    /// Generations that are committed and not known to be durable, oldest first; each also waits for those before it.
    private final ArrayDeque<CompletableFuture<?>> commits = new ArrayDeque<>();

    private CompletableFuture<?> lastCommit = CompletableFuture.completedFuture(null);
    private volatile @Nullable Ending ending;
    private @Nullable MachineWriter writer;
    private @Nullable GenerationWriter open;
    private @Nullable DigestDesk digests;
    private long generation;
    private long generationBytes;
    private long taken;
    private long granted;
    private long lastTaken;
    private long held;
    private long heldUntil;
    private boolean waits;

    ReplicationSession(
            Serving serving,
            DeskTools tools,
            MachineChannel channel,
            Hello hello,
            CompletableFuture<?> earlier,
            Traffic traffic,
            SlotWitness witness) {
        this.serving = serving;
        this.tools = tools;
        this.channel = channel;
        this.hello = hello;
        this.earlier = earlier;
        this.traffic = traffic;
        this.reminder = inbox::remind;
        this.witness = witness;
        this.generation = hello.nextGeneration();
    }

    /// Starts the work. Not on a virtual thread: that would have to give way to other machines by itself.
    ///
    /// @return completes once nothing of it is left
    CompletableFuture<?> start() {
        CompletableFuture<?> done = new CompletableFuture<>();
        tools.threads()
                .background("machine-" + serving.machine() + "-")
                .newThread(() -> {
                    try {
                        work();
                    } finally {
                        done.complete(null);
                    }
                })
                .start();
        return done;
    }

    @Override
    public void received(Message message) {
        if (!inbox.offer(message)) {
            refuse(RefusalCode.PROTOCOL, "too many requests without an answer, or too many closed generations");
        }
    }

    @Override
    public void closed(String why) {
        inbox.end();
        try (LogContext.Scope _ = logLines()) {
            LOG.info(
                    "Machine {} is no longer connected: {}",
                    serving.assignment().name(),
                    why);
        }
    }

    /// Ends the connection and with it the work.
    void refuse(RefusalCode code, String text) {
        channel.refuse(code, text);
        inbox.end();
    }

    /// Ends the connection once what has arrived is durable: no more credit is given, so little can follow.
    void drain(RefusalCode code, String text) {
        ending = new Ending(code, text);
        inbox.remind();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private void work() {
        try (LogContext.Scope _ = logLines()) {
            serve();
        } catch (InterruptedException e) {
            refuse(RefusalCode.STOPPING, "The process server is stopping.");
        } catch (IOException | RuntimeException e) {
            refuse(e);
        } finally {
            // Nothing may be taken from the inbox any more, and nothing may stay in it.
            inbox.end();
            settle();
        }
    }

    private LogContext.Scope logLines() {
        return LogContext.machine(serving.machine(), serving.assignment().name());
    }

    private void serve() throws IOException, InterruptedException {
        if (!awaitEarlier()) {
            refuse(RefusalCode.BUSY, "Earlier work of this machine is still on its way into the vault.");
            return;
        }
        for (Hello.Disk disk : hello.disks()) {
            if (!serving.keys().diskKeys().containsKey(disk.id())) {
                refuse(RefusalCode.UNKNOWN_DISK, "There is no order yet to replicate disk " + disk.id() + ".");
                return;
            }
        }
        MachineWriter opened = serving.vaults()
                .writer(serving.keys(), tools.uploads(), tools.memory().segment());
        writer = opened;
        tellOfLoss(opened);
        granted = tools.memory().window();
        var _ = tools.throttle().reserve(granted);
        traffic.credit(granted, false);
        channel.welcome(new Message.Welcome(
                Protocol.VERSION,
                granted,
                serving.keys().digestKey(),
                opened.lastDurable().map(ReplicationSession::onTheWire)));
        LOG.info(
                "Machine {} replicates from {}, beginning with generation {}",
                serving.assignment().name(),
                channel.address(),
                generation);
        if (opened.lastDurable().isPresent()) {
            tellOfNewest(opened.lastDurable().get());
        }
        while (!inbox.over()) {
            Message next = inbox.take();
            if (next != null) {
                handle(next, opened);
            } else {
                reminded();
            }
        }
    }

    private void reminded() throws InterruptedException {
        Ending why = ending;
        if (why == null) {
            renewCredit();
        } else if (isOpen()) {
            finish(why);
        }
    }

    /// Everything that has arrived is handed over: the machine hears of what becomes durable, then why it has to go.
    private void finish(Ending why) throws InterruptedException {
        try {
            lastCommit.get();
        } catch (ExecutionException e) {
            LOG.debug("A generation was lost while the connection ended.", e.getCause());
        }
        refuse(why.code(), why.text());
    }

    private boolean awaitEarlier() throws InterruptedException {
        try {
            tools.threads().await(earlier, tools.handover());
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /// A log that was rolled back or damaged is not gone on with in silence. WELCOME tells the machine how far the
    /// log reaches, so that it compares its disks with that.
    private void tellOfLoss(MachineWriter opened) {
        long newest = opened.lastDurable().map(LastDurable::slot).orElse(0L);
        OptionalLong known = witness.missing(newest, serving.assignment().newestSlot());
        Optional<String> damage = opened.damage();
        if (known.isPresent() || damage.isPresent()) {
            String cause = damage.orElse("The vault was rolled back, or its newest objects are gone.");
            LOG.error(
                    "The vault has lost slots of machine {}: its newest is {}, known was {}. {}",
                    serving.assignment().name(),
                    newest,
                    known.isPresent() ? known.getAsLong() : "none newer",
                    cause);
            tools.durables().lost(serving.machine(), newest, known.orElse(newest), cause);
        }
    }

    /// What a process server made durable just before it was killed may never have been told.
    private void tellOfNewest(LastDurable last) throws IOException, InterruptedException {
        try (MachineReader reader = serving.vaults().reader(serving.keys())) {
            List<RecoveryPoint> newest = reader.points().stream()
                    .filter(point -> point.slot() > last.slot() - UNTOLD_SLOTS)
                    .toList();
            tools.durables().found(serving.machine(), last, newest);
        }
        tools.changed().accept(serving.machine());
    }

    private static Message.LastDurable onTheWire(LastDurable last) {
        return new Message.LastDurable(last.slot(), last.incarnation(), last.generation(), last.point());
    }

    private void handle(Message message, MachineWriter to) throws IOException, InterruptedException {
        switch (message) {
            case Message.Data data -> write(data, to);
            case Message.Zeros zeros -> {
                var range = new ByteRange(zeros.offset(), zeros.length()).toBlocks();
                generation(to).zero(disk(zeros.diskIndex()), range);
                tookOver(zeros);
            }
            case Message.Close close -> close(close, to);
            case Message.DigestsRequest request ->
                channel.send(new Message.Digests(
                        request.request(),
                        digests(to).regions(request.diskIndex(), request.firstRegion(), request.count())));
            case Message.BlockDigestsRequest request ->
                channel.send(new Message.BlockDigests(
                        request.request(), digests(to).blocks(request.diskIndex(), request.region())));
            default -> throw new IllegalStateException("the transport let a " + message + " pass");
        }
    }

    private void write(Message.Data data, MachineWriter to) throws IOException, InterruptedException {
        ByteBuf payload = data.payload();
        int bytes = data.rawLength();
        GenerationWriter target;
        try {
            target = generation(to);
        } catch (IOException | InterruptedException | RuntimeException e) {
            payload.release();
            throw e;
        }
        DiskId disk = disk(data.diskIndex());
        if (data.large()) {
            target.writeLarge(disk, data.offset(), bytes, payload.nioBuffer(), payload::release);
        } else {
            target.write(disk, data.offset(), wholeBlocks(payload.nioBuffer()), payload::release);
        }
        generationBytes += bytes;
        traffic.received(bytes);
        tookOver(data);
    }

    /// The last block of a disk whose size is no multiple of 4 KiB is filled up with zeros.
    private static ByteBuffer wholeBlocks(ByteBuffer raw) {
        if (Blocks.isAligned(raw.remaining())) {
            return raw;
        }
        ByteBuffer filled =
                ByteBuffer.allocateDirect(Math.toIntExact(Blocks.count(raw.remaining()) * Blocks.BLOCK_BYTES));
        filled.put(raw);
        return filled.rewind();
    }

    private DiskId disk(int index) {
        return hello.disks().get(index).id();
    }

    private GenerationWriter generation(MachineWriter to) throws IOException, InterruptedException {
        GenerationWriter known = open;
        if (known == null) {
            while (commits.size() >= Protocol.MAX_OPEN_GENERATIONS - 1) {
                await(commits.peek());
            }
            known = to.begin(hello.incarnation(), generation);
            open = known;
        }
        return known;
    }

    private void close(Message.Close close, MachineWriter to) throws IOException, InterruptedException {
        GenerationWriter closing = generation(to);
        long bytes = generationBytes;
        CompletableFuture<DurableSlot> commit =
                closing.commit(close.point().map(ReplicationSession::point).orElse(new GenerationClose.Partial()));
        open = null;
        generation = close.generation() + 1;
        generationBytes = 0;
        CompletableFuture<?> done = lastCommit
                .thenCompose(_ -> commit)
                .thenAccept(slot -> durable(slot, close.point(), bytes))
                .whenComplete((_, failure) -> {
                    traffic.settled(bytes);
                    if (failure != null) {
                        refuse(failure);
                    }
                });
        lastCommit = done;
        commits.removeIf(CompletableFuture::isDone);
        commits.add(done);
        tookOver(close);
    }

    private static GenerationClose point(PointMetadata point) {
        return new GenerationClose.Point(
                point.id(),
                point.time(),
                point.type(),
                point.hardware(),
                point.freezeMillis(),
                point.stallMillis(),
                point.remarks());
    }

    private void durable(DurableSlot slot, Optional<PointMetadata> point, long bytes) {
        witness.durable(slot.slot());
        channel.send(new Message.Durable(slot.generation(), slot.slot(), slot.point()));
        if (slot.point().isPresent()) {
            traffic.durablePoint();
        }
        // A point that the vault had already was told when it was found.
        tools.durables()
                .durable(serving.machine(), slot, point.filter(_ -> slot.point().isPresent()), bytes);
        tools.changed().accept(serving.machine());
    }

    private void await(@Nullable CompletableFuture<?> commit) throws IOException, InterruptedException {
        try {
            if (commit != null) {
                commit.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an earlier generation could not be stored", e.getCause());
        } finally {
            commits.removeIf(CompletableFuture::isDone);
        }
    }

    private DigestDesk digests(MachineWriter to) throws IOException, InterruptedException {
        // The digests are to be those of the newest generation that was closed.
        await(lastCommit);
        DigestDesk known = digests;
        if (known == null) {
            known = new DigestDesk(serving.vaults().reader(serving.keys()), to, hello.disks());
            digests = known;
        }
        return known;
    }

    private void tookOver(Message.Sequenced message) {
        taken += message.cost();
        lastTaken = message.sequence();
        renewCredit();
    }

    /// Fills the machine's window up again, at once or when the throttle lets it. One portion waits at a time.
    private void renewCredit() {
        if (ending != null) {
            return;
        }
        long window = tools.memory().window();
        if (held == 0 && taken + window - granted >= window / CREDIT_STEPS) {
            held = taken + window;
            heldUntil = tools.throttle().reserve(held - granted);
            if (!tools.throttle().due(heldUntil)) {
                waits = true;
                tools.throttle().remind(reminder);
            }
        }
        if (held != 0 && tools.throttle().due(heldUntil)) {
            granted = held;
            held = 0;
            waitNoMore();
            channel.stored(lastTaken, granted);
        }
        traffic.credit(granted - taken, held != 0);
    }

    private void waitNoMore() {
        if (waits) {
            waits = false;
            tools.throttle().forget(reminder);
        }
    }

    private void refuse(Throwable failure) {
        if (!channel.isOpen()) {
            return;
        }
        Throwable cause = Ending.cause(failure);
        Ending why = Ending.of(cause);
        try (LogContext.Scope _ = logLines()) {
            if (why.code() == RefusalCode.INTERNAL) {
                LOG.error(
                        "Replication of machine {} failed", serving.assignment().name(), cause);
            } else {
                LOG.warn(
                        "Replication of machine {} stops: {}",
                        serving.assignment().name(),
                        cause.getMessage());
            }
        }
        refuse(why.code(), why.text());
    }

    /// Gives up what is open and waits for what is on its way, however it ends: each has its own bounds.
    private void settle() {
        waitNoMore();
        traffic.settled(generationBytes);
        if (open != null) {
            open.abandon();
        }
        try {
            lastCommit.get();
        } catch (ExecutionException e) {
            LOG.debug("A generation of machine {} was lost", serving.machine(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer != null) {
            writer.close();
        }
        if (digests != null) {
            digests.close();
        }
    }
}
