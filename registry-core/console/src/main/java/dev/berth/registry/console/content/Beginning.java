package dev.berth.registry.console.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first bytes of a layer, which say how it is compressed.
 *
 * @param stream the whole layer
 * @param bytes its first bytes, in hexadecimal digits
 */
record Beginning(InputStream stream, String bytes) {
    private static final int LENGTH = 6;

    static Beginning of(InputStream layer) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(layer, LENGTH);
        byte[] bytes = stream.readNBytes(LENGTH);
        stream.unread(bytes);
        return new Beginning(stream, HexFormat.of().formatHex(bytes));
    }

    /** Returns the name of a compression that images hardly have, and that is not read. */
    Optional<String> unknownCompression() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("fd377a585a00", "xz");
        names.put("425a68", "bzip2");
        names.put("04224d18", "lz4");
        names.put("504b0304", "zip");
        names.put("5d0000", "lzma");
        return names.entrySet().stream()
                .filter(name -> bytes.startsWith(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns whether it is neither compressed nor the end of a tar: of a layer without entries, this says that it is none. */
    boolean isNeither() {
        return !bytes.isEmpty() && !bytes.startsWith("00") && !bytes.startsWith("1f8b") && !bytes.contains("b52ffd");
    }
}
