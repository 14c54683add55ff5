package dev.berth.registry.memory;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An open object. It retains its bytes, even if the object is replaced or deleted. */
final class BlocksContent implements ObjectContent {
    private final ObjectStat stat;
    private final BlocksStream stream;

    BlocksContent(ObjectStat stat, BlocksStream stream) {
        this.stat = stat;
        this.stream = stream;
    }

    @Override
    public ObjectStat stat() {
        return stat;
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        return stream.transferTo(output);
    }

    @Override
    public void close() {
        stream.close();
    }
}
