package dev.berth.registry.server.resources;

import dev.berth.registry.server.ResponseBody;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The body of a response to HEAD: it has a length, and is not written. */
record UnsentBody(OptionalLong length) implements ResponseBody {

    static UnsentBody of(long length) {
        return new UnsentBody(OptionalLong.of(length));
    }

    @Override
    public void writeTo(OutputStream output) {
        throw new IllegalStateException("The response to HEAD has no body to write");
    }
}
