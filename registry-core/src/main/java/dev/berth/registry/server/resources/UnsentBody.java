package dev.berth.registry.server.resources;

import dev.berth.registry.server.ResponseBody;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Stands for a body that is not sent, in the response to HEAD, and knows its length. */
record UnsentBody(OptionalLong length) implements ResponseBody {

    static UnsentBody of(long length) {
        return new UnsentBody(OptionalLong.of(length));
    }

    @Override
    public void writeTo(OutputStream output) {
        throw new IllegalStateException("The answer to HEAD has no body to write");
    }
}
