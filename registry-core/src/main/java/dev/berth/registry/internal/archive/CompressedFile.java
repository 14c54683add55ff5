package dev.berth.registry.internal.archive;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Detects compressed files by their first bytes. */
public final class CompressedFile {
    /** So many bytes of the beginning are enough. */
    public static final int MAGIC_BYTES = 4;

    private static final Map<String, String> PROGRAMS =
            Map.of("1f8b", "gunzip", "28b52ffd", "unzstd", "425a68", "bunzip2", "fd377a58", "unxz");

    private CompressedFile() {}

    /** Returns the program that decompresses a file with these first bytes; empty if it is not compressed. */
    public static Optional<String> uncompressedBy(byte[] beginning) {
        String magic = HexFormat.of().formatHex(beginning);
        return PROGRAMS.entrySet().stream()
                .filter(program -> magic.startsWith(program.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
