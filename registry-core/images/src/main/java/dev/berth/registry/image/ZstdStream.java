package dev.berth.registry.image;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses a stream with zstd (RFC 8878), in one thread, by the library that zstd-jni brings along. */
final class ZstdStream extends PulledStream {
    private final InputStream raw;
    private final OutputStream compressor;
    private boolean ended;

    ZstdStream(InputStream raw, int level) throws IOException {
        this.raw = raw;
        this.compressor = new ZstdOutputStreamNoFinalizer(sink(), level);
    }

    @Override
    protected boolean step() throws IOException {
        if (ended) {
            return false;
        }
        byte[] block = raw.readNBytes(STEP_BYTES);
        compressor.write(block, 0, block.length);
        if (block.length < STEP_BYTES) {
            ended = true;
            compressor.close();
        }
        return true;
    }

    @Override
    protected void release() throws IOException {
        try (raw) {
            compressor.close();
        }
    }
}
