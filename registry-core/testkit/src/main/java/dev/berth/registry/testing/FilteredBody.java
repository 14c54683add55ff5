package dev.berth.registry.testing;

import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body whose bytes pass through a stream that changes, counts or delays them. */
abstract class FilteredBody implements ResponseBody {
    private final ResponseBody body;

    FilteredBody(ResponseBody body) {
        this.body = body;
    }

    /** Returns the stream to which the body is written; it writes to this output. */
    abstract OutputStream filtered(OutputStream output);

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        body.writeTo(filtered(output));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
