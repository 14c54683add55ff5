package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.WireHeaders;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Writes a response to a connection, with the header fields that the connection sets. */
final class ResponseWriter {
    private final HttpDate date;

    ResponseWriter(HttpDate date) {
        this.date = date;
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
            Http1Connection connection,
            String method,
            boolean chunkedAllowed,
            boolean keepAlive,
            Http1Response response)
            throws IOException, HttpException {
        int status = response.status();
        ClassicHttpResponse message = new BasicClassicHttpResponse(
                status, EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT));
        response.forEachHeader((name, value) -> {
            if (!isOfTransport(name)) {
                message.addHeader(name, value);
            }
        });
        message.addHeader(WireHeaders.DATE, date.now());
        boolean mayHaveBody = status != 204 && status != 304;
        boolean staysOpen = keepAlive;
        OptionalLong length = response.contentLength();
        if (mayHaveBody) {
            if (length.isPresent()) {
                message.addHeader(WireHeaders.CONTENT_LENGTH, Long.toString(length.getAsLong()));
            } else if (chunkedAllowed) {
                message.addHeader(WireHeaders.TRANSFER_ENCODING, "chunked");
            } else {
                staysOpen = false;
            }
        }
        if (!staysOpen) {
            message.addHeader(WireHeaders.CONNECTION, "close");
        }
        connection.sendResponseHeader(message);
        if (mayHaveBody && !method.equals("HEAD")) {
            message.setEntity(new ResponseEntity(response, length));
            connection.sendResponseEntity(message);
        }
        connection.flush();
        return staysOpen;
    }

    private static boolean isOfTransport(String name) {
        return name.equalsIgnoreCase(WireHeaders.CONTENT_LENGTH)
                || name.equalsIgnoreCase(WireHeaders.TRANSFER_ENCODING)
                || name.equalsIgnoreCase(WireHeaders.CONNECTION)
                || name.equalsIgnoreCase(WireHeaders.DATE);
    }
}
