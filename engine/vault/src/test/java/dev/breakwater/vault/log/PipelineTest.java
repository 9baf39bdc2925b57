package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Generations whose segments are still on their way")
class PipelineTest {

    private record Upload(String name, List<ByteBuffer> content, CompletableFuture<@Nullable Void> done) {}

    private final MemoryStore store = new MemoryStore();
    private final PracticeMachine machine = new PracticeMachine(Seed.orUsual(41), 2, 600);
    private final List<Upload> uploads = new ArrayList<>();
    private final SegmentSink slow = (name, content) -> {
        Upload upload = new Upload(name, content, new CompletableFuture<>());
        uploads.add(upload);
        return upload.done();
    };

    private MachineWriter writer() throws IOException {
        return MachineWriter.open(
                machine.in(store),
                slow,
                SealingThreads.caller(),
                Runnable::run,
                machine.entropy(),
                machine::now,
                new WriterLimits(1 << 20, 0, 1 << 20, 1));
    }

    private CompletableFuture<DurableSlot> commit(MachineWriter writer) throws Exception {
        GenerationWriter open = machine.begin(writer);
        machine.change(open, 30);
        GenerationClose.Point close = machine.pointClose();
        machine.remember(close.id());
        return open.commit(close);
    }

    private void finish(Upload upload) throws StoreException {
        store.putIfAbsent(upload.name(), upload.content());
        upload.done().complete(null);
    }

    @Test
    @DisplayName("become durable in order, whatever the order of the uploads")
    void inOrder() throws Exception {
        try (MachineWriter writer = writer()) {
            List<CompletableFuture<DurableSlot>> slots = new ArrayList<>();
            List<List<Upload>> of = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                uploads.clear();
                slots.add(commit(writer));
                of.add(List.copyOf(uploads));
                assertThat(uploads).isNotEmpty();
            }
            for (int i = 3; i > 0; i--) {
                for (Upload upload : of.get(i)) {
                    finish(upload);
                }
            }
            assertThat(slots).noneMatch(CompletableFuture::isDone);
            assertThat(writer.lastDurable()).isEmpty();
            for (Upload upload : of.getFirst()) {
                finish(upload);
            }
            assertThat(slots.stream().map(slot -> slot.join().slot())).containsExactly(1L, 2L, 3L, 4L);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("are lost together with one before them, and the writer stops")
    void lostTogether() throws Exception {
        try (MachineWriter writer = writer()) {
            CompletableFuture<DurableSlot> first = commit(writer);
            for (Upload upload : uploads) {
                finish(upload);
            }
            uploads.clear();
            CompletableFuture<DurableSlot> second = commit(writer);
            List<Upload> lost = List.copyOf(uploads);
            uploads.clear();
            CompletableFuture<DurableSlot> third = commit(writer);
            for (Upload upload : uploads) {
                finish(upload);
            }
            lost.getFirst().done().completeExceptionally(new IOException("the vault is gone"));
            lost.stream().skip(1).forEach(upload -> upload.done().complete(null));
            assertThat(first).isCompleted();
            assertThat(second).isCompletedExceptionally();
            assertThat(third).isCompletedExceptionally();
            assertThat(writer.broken()).isPresent();
            assertThatThrownBy(() -> machine.begin(writer)).isInstanceOf(IllegalStateException.class);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("are abandoned without a trace in the log")
    void abandoned() throws Exception {
        try (MachineWriter writer = writer()) {
            var before = machine.snapshot();
            GenerationWriter open = machine.begin(writer);
            machine.change(open, 30);
            open.abandon();
            machine.restore(before);
            CompletableFuture<DurableSlot> slot = commit(writer);
            for (Upload upload : uploads) {
                finish(upload);
            }
            assertThat(slot.join().slot()).isEqualTo(1);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("are the same bytes when several threads seal them, or fail as a whole")
    void severalThreads() throws Exception {
        SegmentSink sink = SegmentSinks.direct(store);
        try (SealingThreads threads = SealingThreads.of(4, Executors.defaultThreadFactory());
                MachineWriter writer = MachineWriter.open(
                        machine.in(store),
                        sink,
                        threads,
                        Runnable::run,
                        machine.entropy(),
                        machine::now,
                        new WriterLimits(1 << 20, 0, 1 << 20, 1))) {
            for (int i = 0; i < 6; i++) {
                commit(writer).join();
            }
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(6);
        }
        SegmentSink broken = (name, content) -> {
            throw new IOException("no room");
        };
        try (SealingThreads threads = SealingThreads.of(4, Executors.defaultThreadFactory());
                MachineWriter writer = MachineWriter.open(
                        machine.in(store),
                        broken,
                        threads,
                        Runnable::run,
                        machine.entropy(),
                        machine::now,
                        new WriterLimits(1 << 20, 0, 1 << 20, 1))) {
            assertThatThrownBy(() -> commit(writer)).hasStackTraceContaining("no room");
            assertThat(writer.broken()).isPresent();
        }
    }
}
