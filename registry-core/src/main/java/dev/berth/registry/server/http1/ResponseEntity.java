package dev.berth.registry.server.http1;

import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a response as HttpCore writes it. Checks that it has the announced length. */
final class ResponseEntity extends AbstractHttpEntity {
    private final Http1Response response;
    private final OptionalLong length;

    ResponseEntity(Http1Response response, OptionalLong length) {
        super((String) null, null, length.isEmpty());
        this.response = response;
        this.length = length;
    }

    @Override
    public long getContentLength() {
        return length.orElse(-1);
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        CountingOutputStream counted = new CountingOutputStream(output);
        response.writeTo(counted);
        long announced = getContentLength();
        if (announced >= 0 && counted.getCount() != announced) {
            throw new IOException(
                    "The body of the response has " + counted.getCount() + " bytes instead of " + announced);
        }
        if (output instanceof UnclosedOutput chunked) {
            chunked.finish();
        }
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("The body of a response is written, not read");
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // The connection closes the response.
    }
}
