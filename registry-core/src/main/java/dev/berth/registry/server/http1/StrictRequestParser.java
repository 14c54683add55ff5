package dev.berth.registry.server.http1;

import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.LazyLineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Parses request lines and header fields as strictly as RFC 9112 demands of a server. HttpCore accepts forms that a
 * proxy may understand differently, which would allow request smuggling.
 */
final class StrictRequestParser extends LazyLineParser {
    private boolean requestLineSeen;
    private @Nullable SessionInputBuffer readAhead;

    /** Returns a factory of request parsers that use this one. */
    HttpMessageParserFactory<ClassicHttpRequest> factory(Http1Config config) {
        return new DefaultHttpRequestParserFactory(config, this, new RawTargets()) {
            @Override
            public HttpMessageParser<ClassicHttpRequest> create() {
                return strict(super.create(), config);
            }

            @Override
            @Deprecated
            public HttpMessageParser<ClassicHttpRequest> create(Http1Config given) {
                return strict(super.create(given), config);
            }
        };
    }

    private HttpMessageParser<ClassicHttpRequest> strict(
            HttpMessageParser<ClassicHttpRequest> parser, Http1Config config) {
        return (buffer, input) -> {
            readAhead = buffer;
            return parser.parse(new StrictLines(buffer, config.getMaxLineLength()), input);
        };
    }

    /** Returns whether bytes of the next request have been read with the current one. */
    boolean hasReadAhead() {
        SessionInputBuffer buffer = readAhead;
        return buffer != null && buffer.length() > 0;
    }

    /** Called before the next request line. */
    void beginRequest() {
        requestLineSeen = false;
    }

    /** Returns whether the request line of the current request was complete. */
    boolean requestLineSeen() {
        return requestLineSeen;
    }

    @Override
    public RequestLine parseRequestLine(CharArrayBuffer buffer) throws ParseException {
        requestLineSeen = true;
        RequestLine line = super.parseRequestLine(buffer);
        ProtocolVersion version = line.getProtocolVersion();
        if (version.getMajor() > 9
                || version.getMinor() > 9
                || !buffer.toString().equals(line.getMethod() + ' ' + line.getUri() + ' ' + version.format())) {
            throw new ParseException("A request begins with method, address and version, with one blank in between");
        }
        if (!HttpGrammar.isToken(line.getMethod())) {
            throw new ParseException("The method of the request is malformed");
        }
        String target = line.getUri();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new ParseException("The address of the request has a character that must be percent-escaped");
            }
        }
        return line;
    }

    @Override
    public Header parseHeader(CharArrayBuffer buffer) throws ParseException {
        int colon = buffer.indexOf(':');
        if (colon <= 0) {
            throw new ParseException("A header field is malformed");
        }
        for (int i = 0; i < buffer.length(); i++) {
            char c = buffer.charAt(i);
            boolean allowed = i < colon ? HttpGrammar.isTokenCharacter(c) : HttpGrammar.isTextCharacter(c);
            if (!allowed) {
                throw new ParseException("A header field has a character that cannot stand there");
            }
        }
        return super.parseHeader(buffer);
    }

    /** Keeps the target of a request as it is: parsed as a URI, {@code //name/path} would lose its first segment. */
    private static final class RawTargets implements HttpRequestFactory<ClassicHttpRequest> {
        @Override
        public ClassicHttpRequest newHttpRequest(String method, String target) {
            return new BasicClassicHttpRequest(method, null, null, target);
        }

        @Override
        public ClassicHttpRequest newHttpRequest(String method, URI target) {
            return new BasicClassicHttpRequest(method, target);
        }
    }
}
