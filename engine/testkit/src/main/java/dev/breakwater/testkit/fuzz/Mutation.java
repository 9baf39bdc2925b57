package dev.breakwater.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damages input, in the ways in which lengths, counts and kinds are usually believed too readily.
final class Mutation {

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final int MAX_STEPS = 6;

    private final Random random;
    private final List<byte[]> words;
    private final int maxBytes;

    /// @param words bytes that mean something to the parser
    /// @param maxBytes what grows is cut to this
    Mutation(Random random, List<byte[]> words, int maxBytes) {
        this.random = random;
        this.words = words;
        this.maxBytes = maxBytes;
    }

    /// A damaged copy.
    ///
    /// @param other another input, parts of which may be put in
    byte[] of(byte[] input, byte[] other) {
        byte[] bytes = input.clone();
        for (int left = 1 + random.nextInt(MAX_STEPS); left > 0; left--) {
            bytes = step(bytes, other);
        }
        return bytes.length > maxBytes ? Arrays.copyOf(bytes, maxBytes) : bytes;
    }

    private byte[] step(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return replace(bytes, 0, 0, part(other));
        }
        int at = place(bytes.length);
        return switch (random.nextInt(12)) {
            case 0 -> flip(bytes, at);
            case 1 -> set(bytes, at, (byte) random.nextInt(256));
            case 2, 3, 4 -> number(bytes, at, NUMBERS[random.nextInt(NUMBERS.length)]);
            case 5 -> add(bytes, at);
            case 6 -> Arrays.copyOf(bytes, at);
            case 7 -> replace(bytes, at, length(bytes.length - at), new byte[0]);
            case 8 -> replace(bytes, at, 0, part(bytes));
            case 9 -> replace(bytes, at, random.nextBoolean() ? 0 : length(bytes.length - at), part(other));
            case 10 -> word(bytes, at);
            default -> replace(bytes, at, 0, new byte[1 + random.nextInt(64)]);
        };
    }

    /// Anywhere, but more often near the start, where headers are, or the end, where footers are.
    private int place(int length) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(Math.min(length, 64));
            case 1 -> length - 1 - random.nextInt(Math.min(length, 64));
            default -> random.nextInt(length);
        };
    }

    private int length(int most) {
        return 1 + random.nextInt(random.nextBoolean() ? Math.min(most, 16) : most);
    }

    private byte[] part(byte[] of) {
        if (of.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int from = random.nextInt(of.length);
        return Arrays.copyOfRange(of, from, from + length(of.length - from));
    }

    private byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    /// A number of one, two, four or eight bytes, in either order.
    private byte[] number(byte[] bytes, int at, long value) {
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        boolean big = random.nextBoolean();
        for (int i = 0; i < width; i++) {
            bytes[at + (big ? width - 1 - i : i)] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    private byte[] add(byte[] bytes, int at) {
        bytes[at] += (byte) (random.nextInt(17) - 8);
        return bytes;
    }

    private byte[] word(byte[] bytes, int at) {
        if (words.isEmpty()) {
            return flip(bytes, at);
        }
        byte[] word = words.get(random.nextInt(words.size()));
        return replace(bytes, at, random.nextBoolean() ? 0 : Math.min(word.length, bytes.length - at), word);
    }

    private byte[] replace(byte[] bytes, int at, int gone, byte[] by) {
        int rest = bytes.length - at - gone;
        int most = Math.min(by.length, Math.max(0, maxBytes - at - rest));
        byte[] result = new byte[at + most + rest];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, most);
        System.arraycopy(bytes, at + gone, result, at + most, rest);
        return result;
    }
}
