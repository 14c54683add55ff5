package dev.berth.registry.server;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A {@link ResponseBody} as HttpCore writes it; it is held to the length that was announced. */
final class ResponseEntity extends AbstractHttpEntity {
    private final ResponseBody body;

    ResponseEntity(ResponseBody body) {
        super((String) null, null, body.length().isEmpty());
        this.body = body;
    }

    @Override
    public long getContentLength() {
        return body.length().orElse(-1);
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        Counted counted = new Counted(output);
        body.writeTo(counted);
        long announced = getContentLength();
        if (announced >= 0 && counted.count != announced) {
            throw new IOException("The body of the response has " + counted.count + " bytes instead of " + announced);
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
    public void close() throws IOException {
        body.close();
    }

    private static final class Counted extends FilterOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            count += length;
        }
    }
}
