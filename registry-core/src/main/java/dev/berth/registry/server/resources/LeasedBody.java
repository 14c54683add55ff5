package dev.berth.registry.server.resources;

import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body in memory, which holds that memory until it is closed. */
record LeasedBody(ResponseBody body, MemoryLease lease) implements ResponseBody {
    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        body.writeTo(output);
    }

    @Override
    public void close() throws IOException {
        try (lease) {
            body.close();
        }
    }
}
