package dev.berth.registry.server.resources;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The bytes of a blob, or of a part of one, as the body of a response. */
final class BlobBody implements ResponseBody {
    private final BlobContent content;
    private final ResponseBody bytes;

    private BlobBody(BlobContent content, InputStream stream) {
        this.content = content;
        this.bytes = ResponseBody.of(stream, OptionalLong.of(content.length()));
    }

    /**
     * Opens content while another response can still be sent.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if it cannot be opened; it is closed then
     */
    static BlobBody open(BlobContent content) {
        try {
            return new BlobBody(content, content.stream());
        } catch (IOException e) {
            Digest digest = content.descriptor().digest();
            content.close();
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The blob " + digest + " cannot be read: its storage failed; retry later",
                    e);
        }
    }

    @Override
    public OptionalLong length() {
        return bytes.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        bytes.writeTo(output);
    }

    @Override
    public void close() {
        content.close();
    }
}
