package dev.berth.registry.server.http1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/** HttpCore's connection, with strict parsers, and with chunked bodies that can be left unfinished. */
final class Http1Connection extends DefaultBHttpServerConnection {
    private final StrictRequestParser parser;
    private final int maxLineLength;

    Http1Connection(String scheme, Http1Config config, StrictRequestParser parser) {
        super(scheme, config, null, null, new StrictBodyLength(), null, parser.factory(config), null);
        this.parser = parser;
        this.maxLineLength = config.getMaxLineLength();
    }

    void bindTo(TimedSocket socket) throws IOException {
        bind((SocketHolder) socket);
    }

    StrictRequestParser parser() {
        return parser;
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream input) {
        return length == ContentLengthStrategy.CHUNKED
                ? new StrictChunkedInput(new StrictLines(buffer, maxLineLength), input, maxLineLength)
                : super.createContentInputStream(length, buffer, input);
    }

    /**
     * HttpCore closes a body also when writing it has failed, and closing a chunked one sends its last chunk: the client
     * would take an incomplete body for a complete one. So only {@link ResponseEntity} closes chunked bodies.
     */
    @Override
    protected OutputStream createContentOutputStream(
            long length, SessionOutputBuffer buffer, OutputStream output, Supplier<List<? extends Header>> trailers) {
        OutputStream content = super.createContentOutputStream(length, buffer, output, trailers);
        return length == ContentLengthStrategy.CHUNKED ? new UnclosedOutput(content) : content;
    }
}
