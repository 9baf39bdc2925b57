package dev.breakwater.desktop.icons;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Several pictures of one icon in one file: Windows' `.ico` and macOS' `.icns`, both with PNG inside, which
/// Windows has read since Vista and macOS since 10.7.
final class IconContainer {

    private static final int ICO_HEADER = 6;
    private static final int ICO_ENTRY = 16;
    private static final int ICNS_HEADER = 8;

    private IconContainer() {}

    /// An `.ico` file.
    ///
    /// @param pictures PNG by size in pixels, 1 to 256
    static byte[] ico(Map<Integer, byte[]> pictures) {
        int directory = ICO_HEADER + ICO_ENTRY * pictures.size();
        ByteBuffer file = ByteBuffer.allocate(directory + total(pictures)).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) pictures.size());
        int offset = directory;
        for (Map.Entry<Integer, byte[]> picture : pictures.entrySet()) {
            // 256 does not fit into its byte and is written as 0.
            byte size = (byte) (int) picture.getKey();
            file.put(size).put(size).put((byte) 0).put((byte) 0);
            file.putShort((short) 1).putShort((short) 32);
            file.putInt(picture.getValue().length).putInt(offset);
            offset += picture.getValue().length;
        }
        pictures.values().forEach(file::put);
        return file.array();
    }

    /// PNG by size, of an `.ico` file.
    static Map<Integer, byte[]> readIco(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getShort() != 0 || file.getShort() != 1) {
            throw new IllegalArgumentException("no .ico file");
        }
        Map<Integer, byte[]> pictures = new LinkedHashMap<>();
        int count = file.getShort();
        for (int i = 0; i < count; i++) {
            int entry = ICO_HEADER + ICO_ENTRY * i;
            int size = Byte.toUnsignedInt(file.get(entry));
            byte[] picture = new byte[file.getInt(entry + 8)];
            file.get(file.getInt(entry + 12), picture);
            pictures.put(size == 0 ? 256 : size, picture);
        }
        return pictures;
    }

    /// An `.icns` file.
    ///
    /// @param pictures PNG by type, four characters
    static byte[] icns(Map<String, byte[]> pictures) {
        int length = ICNS_HEADER * (1 + pictures.size()) + total(pictures);
        ByteBuffer file = ByteBuffer.allocate(length);
        file.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        pictures.forEach((type, picture) -> file.put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(ICNS_HEADER + picture.length)
                .put(picture));
        return file.array();
    }

    /// PNG by type, of an `.icns` file.
    static Map<String, byte[]> readIcns(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (!type(file).equals("icns") || file.getInt() != bytes.length) {
            throw new IllegalArgumentException("no .icns file");
        }
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        while (file.hasRemaining()) {
            String type = type(file);
            byte[] picture = new byte[file.getInt() - ICNS_HEADER];
            file.get(picture);
            pictures.put(type, picture);
        }
        return pictures;
    }

    private static String type(ByteBuffer file) {
        byte[] type = new byte[4];
        file.get(type);
        return new String(type, StandardCharsets.US_ASCII);
    }

    private static int total(Map<?, byte[]> pictures) {
        return pictures.values().stream().mapToInt(picture -> picture.length).sum();
    }
}
