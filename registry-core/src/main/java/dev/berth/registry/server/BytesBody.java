package dev.berth.registry.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body in memory. */
final class BytesBody implements ResponseBody {
    static final BytesBody EMPTY = new BytesBody(new byte[0]);

    private final byte[] bytes;

    BytesBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        output.write(bytes);
    }
}
