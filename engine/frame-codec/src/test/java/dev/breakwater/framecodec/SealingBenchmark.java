package dev.breakwater.framecodec;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// How fast one thread seals, beside what its parts reach alone: the best of many passes over 16 MiB, so that
/// what else runs on the computer counts little. FORMAT.md of this module tells how to run it.
public final class SealingBenchmark {

    private static final int FRAME = 256 * 1024;
    private static final int CONTENTS = 64;
    private static final long MEASURE_NANOS = 4_000_000_000L;

    private SealingBenchmark() {}

    private interface Work {
        void run(byte[] content) throws GeneralSecurityException;
    }

    /// Prints a line for each work and kind of content.
    public static void main(String[] arguments) throws GeneralSecurityException {
        for (String kind : new String[] {"halfCompressible", "incompressible"}) {
            byte[][] contents = contents(kind.equals("halfCompressible"));
            measure("LZ4 native alone, " + kind, contents, lz4(LZ4Factory.nativeInstance()));
            measure("LZ4 Java alone, " + kind, contents, lz4(LZ4Factory.fastestJavaInstance()));
            measure("AES-256-GCM alone, arrays, " + kind, contents, gcm(false));
            measure("AES-256-GCM alone, direct, " + kind, contents, gcm(true));
            measure("LZ4 native + AES-256-GCM, plain, " + kind, contents, plain());
            measure("FrameSealer, arrays, " + kind, contents, sealer(false));
            measure("FrameSealer, direct, " + kind, contents, sealer(true));
            measure("FrameOpener, arrays, " + kind, contents, opener(contents));
        }
    }

    private static byte[][] contents(boolean compressible) {
        Random random = new Random(1);
        byte[][] contents = new byte[CONTENTS][FRAME];
        for (byte[] content : contents) {
            random.nextBytes(content);
            if (compressible) {
                for (int at = 0; at < FRAME; at += 128) {
                    System.arraycopy(content, 0, content, at, 64);
                }
            }
        }
        return contents;
    }

    private static void measure(String name, byte[][] contents, Work work) throws GeneralSecurityException {
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        while (System.nanoTime() - start < MEASURE_NANOS) {
            long pass = System.nanoTime();
            for (byte[] content : contents) {
                work.run(content);
            }
            best = Math.min(best, System.nanoTime() - pass);
        }
        double speed = contents.length * (double) FRAME * 1e3 / best;
        System.out.printf(Locale.ROOT, "%-60s %8.0f MB/s%n", name, speed);
    }

    private static Work lz4(LZ4Factory factory) {
        LZ4Compressor compressor = factory.fastCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(FRAME)];
        return content -> compressor.compress(content, 0, FRAME, target, 0, target.length);
    }

    private static Work gcm(boolean direct) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[12];
        ByteBuffer from = ByteBuffer.allocateDirect(FRAME);
        ByteBuffer to = direct ? ByteBuffer.allocateDirect(FRAME + 16) : ByteBuffer.allocate(FRAME + 16);
        return content -> {
            next(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            if (direct) {
                cipher.doFinal(from.clear(), to.clear());
            } else {
                cipher.doFinal(content, 0, FRAME, to.array(), 0);
            }
        };
    }

    private static Work plain() throws GeneralSecurityException {
        LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
        byte[] compressed = new byte[compressor.maxCompressedLength(FRAME)];
        byte[] sealed = new byte[compressed.length + 16];
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[12];
        return content -> {
            int length = compressor.compress(content, 0, FRAME, compressed, 0, compressed.length);
            next(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.doFinal(compressed, 0, length, sealed, 0);
        };
    }

    private static void next(byte[] nonce) {
        for (int i = 0; i < 8; i++) {
            nonce[i]++;
            if (nonce[i] != 0) {
                return;
            }
        }
    }

    private static FrameSealer newSealer() {
        Entropy entropy = new Random(2)::nextBytes;
        FrameOwner owner = new FrameOwner(new VaultId(new UUID(1, 2)), new UUID(3, 4));
        return new FrameSealer(FrameKey.of(new byte[32]), owner, WriteAttempt.draw(entropy));
    }

    private static Work sealer(boolean direct) {
        FrameSealer sealer = newSealer();
        int room = sealer.maxFrameLength(FRAME);
        ByteBuffer from = ByteBuffer.allocateDirect(FRAME);
        ByteBuffer to = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
        return content -> {
            ByteBuffer raw = direct ? from.clear().put(content).flip() : ByteBuffer.wrap(content);
            sealer.seal(raw, to.clear());
        };
    }

    private static Work opener(byte[][] contents) {
        FrameSealer sealer = newSealer();
        FrameOpener opener = new FrameOpener(FrameKey.of(new byte[32]), sealer.owner());
        ByteBuffer[] frames = new ByteBuffer[contents.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = ByteBuffer.allocate(sealer.maxFrameLength(FRAME));
            sealer.seal(ByteBuffer.wrap(contents[i]), frames[i]);
            frames[i].flip();
        }
        ByteBuffer target = ByteBuffer.allocate(FRAME);
        int[] next = new int[1];
        return content -> {
            int frame = next[0]++ % frames.length;
            try {
                opener.open(
                        new FrameIdentity(sealer.attempt().salt(), frame), frames[frame].duplicate(), target.clear());
            } catch (FrameException e) {
                throw new GeneralSecurityException(e);
            }
        };
    }
}
