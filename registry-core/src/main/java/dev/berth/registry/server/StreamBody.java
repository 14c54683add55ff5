package dev.berth.registry.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body that is read from a stream. */
final class StreamBody implements ResponseBody {
    /** Large enough to make the cost of system calls negligible, small enough for a thousand connections. */
    private static final int LARGEST_BUFFER = 64 * 1024;

    private final InputStream stream;
    private final OptionalLong length;

    StreamBody(InputStream stream, OptionalLong length) {
        this.stream = stream;
        this.length = length;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        copy(stream, length.orElse(LARGEST_BUFFER), output);
    }

    /** Copies a stream to its end, with a buffer that is no larger than what is expected. */
    private static void copy(InputStream input, long expectedLength, OutputStream output) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(expectedLength, LARGEST_BUFFER))];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            output.write(buffer, 0, read);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
