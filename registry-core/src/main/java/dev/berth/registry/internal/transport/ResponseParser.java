package dev.berth.registry.internal.transport;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the head of a response. HttpClient's own parser passes over what it does not understand and looks for a
 * response behind it; here it is an error, and another one than a head that breaks off.
 */
final class ResponseParser extends DefaultHttpResponseParser {

    ResponseParser(Http1Config limits) {
        super(limits);
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        try {
            return super.createMessage(line);
        } catch (ParseException e) {
            throw new NotHttpException(e);
        }
    }

    /** The first line of a response is none. */
    static final class NotHttpException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        NotHttpException(ParseException cause) {
            super("Not a status line", cause);
        }
    }
}
