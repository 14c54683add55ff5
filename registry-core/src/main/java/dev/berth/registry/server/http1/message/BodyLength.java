package dev.berth.registry.server.http1.message;

import dev.berth.registry.internal.wire.WireHeaders;

/**
 * Determines the length of a request's body (RFC 9112, section 6.3). Refuses whatever two implementations could
 * understand in two ways.
 */
public final class BodyLength {
    /** The length of a chunked body. */
    public static final long CHUNKED = -1;

    private BodyLength() {}

    /** Returns the length in bytes, 0 if there is no body, or {@link #CHUNKED}. */
    public static long of(RequestHead head) throws MalformedRequestException {
        int encodings = head.count(WireHeaders.TRANSFER_ENCODING);
        int lengths = head.count(WireHeaders.CONTENT_LENGTH);
        if (encodings > 0) {
            if (lengths > 0) {
                throw MalformedRequestException.of("A request cannot have both Content-Length and Transfer-Encoding");
            }
            if (!head.isHttp11()) {
                throw MalformedRequestException.of("A request of HTTP/1.0 cannot have a Transfer-Encoding");
            }
            if (encodings > 1 || !"chunked".equalsIgnoreCase(head.first(WireHeaders.TRANSFER_ENCODING))) {
                throw new MalformedRequestException(501, "The only Transfer-Encoding that is understood is chunked");
            }
            return CHUNKED;
        }
        if (lengths > 1) {
            throw MalformedRequestException.of("A request cannot have several Content-Length fields");
        }
        String length = head.first(WireHeaders.CONTENT_LENGTH);
        return length == null ? 0 : parse(length);
    }

    private static long parse(String text) throws MalformedRequestException {
        boolean digits = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits) {
            throw MalformedRequestException.of("The Content-Length is not a number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw MalformedRequestException.of("The Content-Length is too large");
        }
    }
}
