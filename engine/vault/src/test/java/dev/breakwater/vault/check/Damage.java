package dev.breakwater.vault.check;

import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.log.MemoryStore;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// What can happen to an object.
enum Damage {
    FLIPPED_AT_ITS_BEGINNING,
    FLIPPED_IN_THE_MIDDLE,
    FLIPPED_NEAR_ITS_END,
    FLIPPED_AT_ITS_END,
    TRUNCATED,
    EMPTY,
    SWAPPED_WITHIN_THE_MACHINE,
    SWAPPED_WITH_ANOTHER_MACHINE,
    REMOVED,
    ROLLED_BACK,
    DUPLICATED;

    /// Damages an object.
    ///
    /// @param name which
    /// @param own the other objects of its kind of the same machine, in the order of their names
    /// @param foreign those of another machine, or of another vault
    /// @return whether there was a way to do it
    boolean inflict(MemoryStore store, String name, List<String> own, List<byte[]> foreign) {
        byte[] content = store.objects().get(name);
        switch (this) {
            case FLIPPED_AT_ITS_BEGINNING -> store.objects().put(name, flipped(content, 1));
            case FLIPPED_IN_THE_MIDDLE -> store.objects().put(name, flipped(content, content.length / 2));
            case FLIPPED_NEAR_ITS_END -> store.objects().put(name, flipped(content, Math.max(0, content.length - 90)));
            case FLIPPED_AT_ITS_END -> store.objects().put(name, flipped(content, content.length - 2));
            case TRUNCATED -> store.objects().put(name, Arrays.copyOf(content, content.length * 2 / 3));
            case EMPTY -> store.objects().put(name, new byte[0]);
            case REMOVED -> store.objects().remove(name);
            case DUPLICATED -> store.objects().put(another(name, own), content);
            case ROLLED_BACK, SWAPPED_WITHIN_THE_MACHINE -> {
                // The nearest other one; of versions of one thing the one before.
                List<String> others = own.stream()
                        .filter(other -> !Arrays.equals(store.objects().get(other), content))
                        .filter(other -> this != ROLLED_BACK || other.compareTo(name) < 0)
                        .toList();
                if (others.isEmpty()) {
                    return false;
                }
                byte[] other = store.objects().get(others.getLast());
                if (this == SWAPPED_WITHIN_THE_MACHINE) {
                    store.objects().put(others.getLast(), content);
                }
                store.objects().put(name, other);
            }
            case SWAPPED_WITH_ANOTHER_MACHINE -> store.objects().put(name, foreign.getLast());
        }
        return true;
    }

    private static byte[] flipped(byte[] content, int at) {
        byte[] copy = content.clone();
        copy[at] ^= 1;
        return copy;
    }

    /// A name that an object of the kind might have, and none has.
    private static String another(String name, List<String> own) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return switch (ObjectKind.of(name).orElseThrow()) {
            case DESCRIPTION -> name + "2";
            case ROTATION -> Rotation.objectName(Rotation.epoch(name).orElseThrow() + 1);
            case KEY -> folder + new UUID(0x1111111111114111L, 0x8111111111111111L);
            case SEGMENT -> folder + "0123456789abcdef".repeat(2);
            case POINT, CHECKPOINT, DOCUMENT -> {
                String last = own.isEmpty() || own.getLast().compareTo(name) < 0 ? name : own.getLast();
                String in = last.startsWith(folder) ? last : name;
                long number = HexFormat.fromHexDigitsToLong(in.substring(folder.length()));
                yield folder + HexFormat.of().toHexDigits(number + 1);
            }
            case PIN -> name.substring(0, name.length() - 1) + (name.endsWith("f") ? "e" : "f");
        };
    }
}
