package dev.berth.registry.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.server.http1.ClientConversation.Received;
import dev.berth.registry.server.http1.message.BodyLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** A request as HttpCore reads it: what the server accepts must be that, or a proxy would see another one. */
final class OtherHttp {
    private static final int BUFFER = 8192;

    private final Received request;
    private final int left;
    private final ByteArrayInputStream stream;
    private final SessionInputBufferImpl buffer =
            new SessionInputBufferImpl(BUFFER, StandardCharsets.ISO_8859_1.newDecoder());

    OtherHttp(byte[] connection, Received request) {
        this.request = request;
        this.left = connection.length - request.after();
        this.stream = new ByteArrayInputStream(connection, request.begin(), connection.length - request.begin());
    }

    void requireSame() throws IOException, HttpException {
        CharArrayBuffer line = new CharArrayBuffer(128);
        while (line.isEmpty()) {
            assertThat(buffer.readLine(line, stream)).isNotNegative();
        }
        RequestLine first = BasicLineParser.INSTANCE.parseRequestLine(line);
        assertThat(first.getMethod()).isEqualTo(request.head().method());
        assertThat(first.getUri()).isEqualTo(request.head().target());
        assertThat(first.getProtocolVersion().getMajor())
                .isEqualTo(request.head().major());
        assertThat(first.getProtocolVersion().getMinor())
                .isEqualTo(request.head().minor());
        List<String> fields = new ArrayList<>();
        for (Header header : AbstractMessageParser.parseHeaders(buffer, stream, -1, -1, BasicLineParser.INSTANCE)) {
            fields.add(header.getName());
            fields.add(header.getValue() == null ? "" : header.getValue());
        }
        assertThat(fields).isEqualTo(request.head().fields());
        assertThat(buffer.length() + stream.available()).isEqualTo(request.after() - request.bodyBegin() + left);
        if (request.length() == BodyLength.CHUNKED && request.body() != null) {
            ChunkedInputStream body = new ChunkedInputStream(buffer, stream);
            assertThat(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(request.body());
            assertThat(buffer.length() + stream.available()).isEqualTo(left);
        }
    }
}
