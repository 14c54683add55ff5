package dev.berth.registry.testing;

import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body whose bytes pass through a stream that changes them. */
abstract class ChangedBody implements ResponseBody {
    private final ResponseBody body;

    ChangedBody(ResponseBody body) {
        this.body = body;
    }

    /** Returns a stream that passes on to this output whatever shall come of what is written to it. */
    abstract OutputStream changed(OutputStream output);

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        body.writeTo(changed(output));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
