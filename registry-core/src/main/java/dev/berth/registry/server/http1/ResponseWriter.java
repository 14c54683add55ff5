package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.message.ChunkedOutput;
import dev.berth.registry.server.http1.message.HttpDate;
import dev.berth.registry.server.http1.message.SizedOutput;
import dev.berth.registry.server.http1.message.StatusLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Writes a response to a connection, with the header fields that the connection sets. */
final class ResponseWriter {
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] LINE_END = ascii("\r\n");

    private final HttpDate date;

    ResponseWriter(HttpDate date) {
        this.date = date;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes and flushes a response.
     *
     * @param method the method of the request, which decides whether there is a body
     * @param chunkedAllowed whether the client knows chunked bodies
     * @param keepAlive whether the connection stays open, as far as the request goes
     * @return whether the connection can stay open, now that the response is known
     */
    boolean write(
            ConnectionOutput output, String method, boolean chunkedAllowed, boolean keepAlive, Http1Response response)
            throws IOException {
        int status = response.status();
        boolean mayHaveBody = status != 204 && status != 304;
        OptionalLong length = response.contentLength();
        boolean staysOpen = keepAlive && (!mayHaveBody || length.isPresent() || chunkedAllowed);
        output.write(StatusLine.of(status));
        StringBuilder fields = new StringBuilder(512);
        response.forEachHeader((name, value) -> {
            if (!isOfTransport(name)) {
                fields.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (mayHaveBody && length.isPresent()) {
            fields.append("Content-Length: ").append(length.getAsLong()).append("\r\n");
        }
        output.print(fields.toString());
        output.write(date.line());
        if (mayHaveBody && length.isEmpty() && chunkedAllowed) {
            output.write(CHUNKED);
        }
        if (!staysOpen) {
            output.write(CLOSE);
        }
        output.write(LINE_END);
        if (mayHaveBody && !method.equals("HEAD")) {
            writeBody(output, chunkedAllowed, response, length);
        }
        output.flush();
        return staysOpen;
    }

    private static void writeBody(
            ConnectionOutput output, boolean chunkedAllowed, Http1Response response, OptionalLong length)
            throws IOException {
        if (length.isPresent()) {
            SizedOutput sized = new SizedOutput(output, length.getAsLong());
            response.writeTo(sized);
            sized.finish();
        } else if (chunkedAllowed) {
            ChunkedOutput chunked = new ChunkedOutput(output);
            response.writeTo(chunked);
            chunked.finish();
        } else {
            response.writeTo(output);
        }
    }

    private static boolean isOfTransport(String name) {
        return name.equalsIgnoreCase(WireHeaders.CONTENT_LENGTH)
                || name.equalsIgnoreCase(WireHeaders.TRANSFER_ENCODING)
                || name.equalsIgnoreCase(WireHeaders.CONNECTION)
                || name.equalsIgnoreCase(WireHeaders.DATE);
    }
}
