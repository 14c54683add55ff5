package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.message.BodyLength;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import dev.berth.registry.server.http1.message.RequestHead;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests from a connection. */
final class RequestReader {

    /**
     * A request and its effects on the connection.
     *
     * @param request the request
     * @param body its body on the connection
     * @param http11 whether the client speaks HTTP/1.1
     * @param keepAlive whether the client requests to keep the connection open
     */
    record Received(Http1Request request, ClientBody body, boolean http11, boolean keepAlive) {}

    private static final List<String> SCHEMES = List.of("http://", "https://");

    private final ConnectionInput input;
    private final ClientConnection client;
    private final int maxHeaderBytes;
    private final ClientBody.Invitation invitation;

    /** @param invitation asks the client for the body */
    RequestReader(
            ConnectionInput input, ClientConnection client, int maxHeaderBytes, ClientBody.Invitation invitation) {
        this.input = input;
        this.client = client;
        this.maxHeaderBytes = maxHeaderBytes;
        this.invitation = invitation;
    }

    /** Returns a request whose header was read. */
    Received read(RequestHead head) throws IOException {
        if (head.major() != 1) {
            throw new MalformedRequestException(505, "This server speaks HTTP/1.1");
        }
        boolean http11 = head.isHttp11();
        if (http11 && head.count(WireHeaders.HOST) != 1) {
            throw MalformedRequestException.of("A request of HTTP/1.1 has exactly one Host field");
        }
        long length = BodyLength.of(head);
        ClientBody body = new ClientBody(content(length), length, !expectsContinue(head), invitation);
        Http1Request request = new Http1Request(
                head.method(), target(head), head.fields(), body, length, head.protocol(), client, this::clientGone);
        return new Received(request, body, http11, http11 && !head.hasElement(WireHeaders.CONNECTION, "close"));
    }

    private ClientBody.Content content(long length) {
        return length == BodyLength.CHUNKED
                ? new StrictChunkedInput(input, maxHeaderBytes)::read
                : new SizedInput(input, length);
    }

    /** Removes scheme and host, which a target may begin with (RFC 9112, section 3.2.2). */
    private static String target(RequestHead head) throws MalformedRequestException {
        String target = head.target();
        if (target.startsWith("/")) {
            return target;
        }
        int end = endOfScheme(target);
        if (end > 0) {
            while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
                end++;
            }
            return target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
        }
        if (target.equals("*") && head.method().equals("OPTIONS")) {
            return "/";
        }
        throw MalformedRequestException.of("The address of the request does not begin with a slash");
    }

    /** Returns where the host begins in an address of HTTP, and 0 if the target is none. */
    private static int endOfScheme(String target) {
        for (String scheme : SCHEMES) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return 0;
    }

    private static boolean expectsContinue(RequestHead head) throws MalformedRequestException {
        @Nullable String expectation = head.first(WireHeaders.EXPECT);
        if (expectation == null || !head.isHttp11()) {
            return false;
        }
        if (!expectation.equalsIgnoreCase("100-continue")) {
            throw new MalformedRequestException(417, "The only expectation that is understood is 100-continue");
        }
        return true;
    }

    private boolean clientGone() {
        try {
            return input.endsNow();
        } catch (IOException e) {
            return true;
        }
    }
}
