package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

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

    private final Http1Connection connection;
    private final ClientConnection client;

    RequestReader(Http1Connection connection, ClientConnection client) {
        this.connection = connection;
        this.client = client;
    }

    /** Returns a request whose header was read. */
    Received read(ClassicHttpRequest message) throws HttpException, IOException {
        ProtocolVersion version = message.getVersion();
        if (version != null && !version.greaterEquals(HttpVersion.HTTP_1_0)) {
            throw new UnsupportedHttpVersionException(version);
        }
        boolean http11 = version == null || version.greaterEquals(HttpVersion.HTTP_1_1);
        if (http11 && message.countHeaders(WireHeaders.HOST) != 1) {
            throw new ProtocolException("A request of HTTP/1.1 has exactly one Host field");
        }
        connection.receiveRequestEntity(message);
        HttpEntity entity = message.getEntity();
        long length = entity == null ? 0 : entity.getContentLength();
        ClientBody body = new ClientBody(
                entity == null ? InputStream.nullInputStream() : entity.getContent(),
                length,
                !expectsContinue(message, http11),
                this::askForBody);
        Header[] fields = message.getHeaders();
        List<String> headers = new ArrayList<>(2 * fields.length);
        for (Header field : fields) {
            headers.add(field.getName());
            headers.add(field.getValue());
        }
        String protocol = http11 ? "HTTP/1.1" : "HTTP/1.0";
        Http1Request request = new Http1Request(
                message.getMethod(), target(message), headers, body, length, protocol, client, this::clientGone);
        return new Received(request, body, http11, http11 && !closes(message));
    }

    /** Removes scheme and host, which a target may begin with (RFC 9112, section 3.2.2). */
    private static String target(ClassicHttpRequest message) throws ProtocolException {
        String target = message.getPath();
        if (target.startsWith("/")) {
            return target;
        }
        int scheme = target.indexOf("://");
        if (scheme > 0) {
            int end = scheme + 3;
            while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
                end++;
            }
            return target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
        }
        if (target.equals("*") && message.getMethod().equals("OPTIONS")) {
            return "/";
        }
        throw new ProtocolException("The address of the request does not begin with a slash");
    }

    private static boolean expectsContinue(ClassicHttpRequest message, boolean http11) throws ProtocolException {
        Header expectation = message.getFirstHeader(WireHeaders.EXPECT);
        if (expectation == null || !http11) {
            return false;
        }
        if (!expectation.getValue().strip().equalsIgnoreCase("100-continue")) {
            throw new ExpectationFailedException();
        }
        return true;
    }

    private static boolean closes(ClassicHttpRequest message) {
        for (Header header : message.getHeaders(WireHeaders.CONNECTION)) {
            if (HttpGrammar.hasElement(header.getValue(), "close")) {
                return true;
            }
        }
        return false;
    }

    private boolean clientGone() {
        try {
            return connection.isStale();
        } catch (IOException e) {
            return true;
        }
    }

    private void askForBody() throws IOException {
        try {
            connection.sendResponseHeader(new BasicClassicHttpResponse(HttpStatus.SC_CONTINUE, "Continue"));
        } catch (HttpException e) {
            throw new IOException("The client cannot be asked for its body", e);
        }
        connection.flush();
    }
}
