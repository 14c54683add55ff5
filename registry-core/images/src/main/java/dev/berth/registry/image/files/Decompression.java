package dev.berth.registry.image.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Decompresses layers. The content says how it is compressed: some media types do not. */
final class Decompression {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    /** Some writers of zstd begin with a frame that is to be skipped (RFC 8878, section 3.1.2): 50 to 5f, 2a 4d 18. */
    private static final byte[] ZSTD_SKIPPABLE = {0x2a, 0x4d, 0x18};

    private Decompression() {}

    /** Closing the result closes the given stream. */
    @SuppressWarnings("deprecation") // The replacement came with commons-compress 1.28; applications may have 1.25.
    static InputStream of(InputStream compressed) throws IOException {
        PushbackInputStream in = new PushbackInputStream(compressed, ZSTD.length);
        byte[] beginning = in.readNBytes(ZSTD.length);
        in.unread(beginning);
        if (startsWith(beginning, GZIP)) {
            // Some builders write one member for each file.
            return gzip(in);
        }
        boolean skippable = beginning.length == ZSTD.length
                && (beginning[0] & 0xf0) == 0x50
                && Arrays.equals(beginning, 1, beginning.length, ZSTD_SKIPPABLE, 0, ZSTD_SKIPPABLE.length);
        return startsWith(beginning, ZSTD) || skippable ? new ZstdInputStreamNoFinalizer(in) : in;
    }

    @SuppressWarnings("deprecation") // Its builder is not in the older releases that this module works with.
    private static InputStream gzip(InputStream in) throws IOException {
        return new GzipCompressorInputStream(in, true);
    }

    private static boolean startsWith(byte[] content, byte[] beginning) {
        return content.length >= beginning.length
                && Arrays.equals(content, 0, beginning.length, beginning, 0, beginning.length);
    }
}
