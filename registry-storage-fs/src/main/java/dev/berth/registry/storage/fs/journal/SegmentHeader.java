package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a segment begins with.
 *
 * @param boot identifies the run of the operating system in which it was written, if that is known: what was written in
 *     this one needs no replay, since the kernel has it
 */
record SegmentHeader(String boot) {
    private static final byte[] MAGIC = "berth-journal-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BOOT_BYTES = 64;
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    static final int BYTES = 16 + BOOT_BYTES;

    static SegmentHeader ofThisBoot() {
        String boot;
        try {
            boot = Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            boot = "";
        }
        return new SegmentHeader(boot.length() <= BOOT_BYTES ? boot : "");
    }

    /** Returns whether the system has been running since the other one was written. */
    boolean isSameBoot(SegmentHeader other) {
        return !boot.isEmpty() && boot.equals(other.boot);
    }

    ByteBuffer encode() {
        ByteBuffer encoded = ByteBuffer.allocate(BYTES);
        encoded.put(MAGIC).put(boot.getBytes(StandardCharsets.US_ASCII));
        return encoded.rewind();
    }

    /** Reads a header and moves behind it, or returns empty if there is no whole one. */
    static Optional<SegmentHeader> decode(ByteBuffer encoded) {
        if (encoded.remaining() < BYTES) {
            return Optional.empty();
        }
        byte[] magic = new byte[MAGIC.length];
        byte[] boot = new byte[BOOT_BYTES];
        encoded.get(magic).get(boot);
        return java.util.Arrays.equals(magic, MAGIC)
                ? Optional.of(new SegmentHeader(new String(boot, StandardCharsets.US_ASCII).replace("\0", "")))
                : Optional.empty();
    }
}
