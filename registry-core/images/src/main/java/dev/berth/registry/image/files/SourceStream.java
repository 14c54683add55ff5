package dev.berth.registry.image.files;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a layer as they come from the registry. Tells a failure of the registry from a layer that is malformed. */
final class SourceStream extends BulkInputStream {
    private final InputStream in;
    private boolean failed;

    SourceStream(InputStream in) {
        this.in = in;
    }

    /** What the libraries do with these bytes. */
    interface Reading<T> {
        T run() throws IOException;
    }

    /** The libraries report malformed content by exceptions of many kinds. */
    <T> T translate(Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (LayerFormatException | RegistryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (failed) {
                throw e;
            }
            throw new LayerFormatException("The layer is malformed: " + e.getMessage(), e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
