package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.WireHeaders;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;

/**
 * Determines the length of a request's body (RFC 9112, section 6.3). Refuses whatever two implementations could
 * understand in two ways.
 */
final class StrictBodyLength implements ContentLengthStrategy {

    @Override
    public long determineLength(HttpMessage message) throws HttpException {
        Header[] encodings = message.getHeaders(WireHeaders.TRANSFER_ENCODING);
        Header[] lengths = message.getHeaders(WireHeaders.CONTENT_LENGTH);
        if (encodings.length > 0) {
            if (lengths.length > 0) {
                throw new ProtocolException("A request cannot have both Content-Length and Transfer-Encoding");
            }
            ProtocolVersion version = message.getVersion();
            if (version != null && version.lessEquals(HttpVersion.HTTP_1_0)) {
                throw new ProtocolException("A request of HTTP/1.0 cannot have a Transfer-Encoding");
            }
            if (encodings.length > 1 || !encodings[0].getValue().strip().equalsIgnoreCase("chunked")) {
                throw new NotImplementedException("The only Transfer-Encoding that is understood is chunked");
            }
            return CHUNKED;
        }
        if (lengths.length > 1) {
            throw new ProtocolException("A request cannot have several Content-Length fields");
        }
        return lengths.length == 0 ? UNDEFINED : length(lengths[0].getValue().strip());
    }

    private static long length(String text) throws ProtocolException {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("The Content-Length is too large", e);
        }
        throw new ProtocolException("The Content-Length is not a number");
    }
}
