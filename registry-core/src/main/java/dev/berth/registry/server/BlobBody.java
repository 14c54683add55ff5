package dev.berth.registry.server;

import dev.berth.registry.BlobContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The bytes of a blob, or of a part of one, as the body of a response. */
final class BlobBody implements ResponseBody {
    private final BlobContent content;

    BlobBody(BlobContent content) {
        this.content = content;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(content.length());
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        StreamBody.copy(content.stream(), content.length(), output);
    }

    @Override
    public void close() {
        content.close();
    }
}
