package dev.berth.registry.scan.adapter;

import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, up to a number of bytes, after which reading fails. Closing it closes the answer. */
final class LimitedBody extends InputStream {
    private final IncomingResponse response;
    private final long limit;
    private long count;

    LimitedBody(IncomingResponse response, long limit) {
        this.response = response;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = response.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            if (count > limit) {
                throw new MalformedDocumentException("it has more than " + limit + " bytes");
            }
        }
        return read;
    }

    @Override
    public void close() {
        response.close();
    }
}
