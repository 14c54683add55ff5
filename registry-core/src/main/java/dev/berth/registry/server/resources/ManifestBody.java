package dev.berth.registry.server.resources;

import dev.berth.registry.Manifest;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The bytes of a manifest as the body of a response, which holds their memory until it is closed. */
record ManifestBody(Manifest manifest, MemoryLease lease) implements ResponseBody {
    @Override
    public OptionalLong length() {
        return OptionalLong.of(manifest.size());
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        manifest.stream().transferTo(output);
    }

    @Override
    public void close() {
        lease.close();
    }
}
