package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.ClosedByClientException;
import dev.berth.registry.server.http1.message.HttpGrammar;
import dev.berth.registry.server.http1.message.Line;
import dev.berth.registry.server.http1.message.LongLineException;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import dev.berth.registry.server.http1.message.RequestHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads request lines and header fields as strictly as RFC 9112 demands of a server: forms that a proxy may understand
 * differently would allow request smuggling.
 */
final class HeadReader {
    /** How many empty lines may stand before a request (RFC 9112, section 2.2). */
    private static final int MOST_EMPTY_LINES = 10;

    private static final int USUAL_FIELDS = 8;

    private final ConnectionInput input;
    private final int maxBytes;
    private final int maxFields;
    private boolean requestLineSeen;
    private String protocol = "";
    private int bytes;

    HeadReader(ConnectionInput input, Http1Limits limits) {
        this.input = input;
        this.maxBytes = limits.maxHeaderBytes();
        this.maxFields = limits.maxHeaderCount();
    }

    /**
     * Reads the head of the next request, and returns null if there is none.
     *
     * @throws MalformedRequestException if it cannot be understood, or is too large
     */
    @Nullable RequestHead read() throws IOException {
        requestLineSeen = false;
        protocol = "";
        bytes = 0;
        try {
            return readHead();
        } catch (LongLineException e) {
            throw tooLarge();
        }
    }

    private @Nullable RequestHead readHead() throws IOException {
        Line line = readLine();
        for (int empty = 0; line != null && line.isEmpty(); empty++) {
            if (empty == MOST_EMPTY_LINES) {
                throw tooLarge();
            }
            line = readLine();
        }
        if (line == null) {
            return null;
        }
        requestLineSeen = true;
        int firstBlank = line.indexOf(' ', 0);
        int secondBlank = line.indexOf(' ', firstBlank + 1);
        requireRequestLine(line, firstBlank, secondBlank);
        String method = line.substring(0, firstBlank);
        String target = line.substring(firstBlank + 1, secondBlank);
        int major = line.charAt(secondBlank + 6) - '0';
        int minor = line.charAt(secondBlank + 8) - '0';
        protocol = RequestHead.protocol(major, minor);
        return new RequestHead(method, target, major, minor, readFields());
    }

    /** Returns the version of HTTP of the request that was read last; empty if its first line could not be read. */
    String protocol() {
        return protocol;
    }

    private List<String> readFields() throws IOException {
        List<String> fields = new ArrayList<>(2 * USUAL_FIELDS);
        for (Line line = requireLine(); !line.isEmpty(); line = requireLine()) {
            if (fields.size() == 2 * maxFields) {
                throw tooLarge();
            }
            int colon = requireField(line);
            fields.add(line.substring(0, colon));
            fields.add(line.trimmed(colon + 1, line.length()));
        }
        return fields;
    }

    private Line requireLine() throws IOException {
        Line line = readLine();
        if (line == null) {
            throw new ClosedByClientException();
        }
        return line;
    }

    private @Nullable Line readLine() throws IOException {
        Line line = input.readLine(maxBytes - bytes);
        if (line != null) {
            bytes += line.length() + 2;
        }
        return line;
    }

    private MalformedRequestException tooLarge() {
        return requestLineSeen
                ? new MalformedRequestException(431, "The headers of the request are too large, or too many")
                : new MalformedRequestException(414, "The address of the request is too long");
    }

    private static void requireRequestLine(Line line, int firstBlank, int secondBlank)
            throws MalformedRequestException {
        if (firstBlank <= 0 || secondBlank <= firstBlank + 1 || !isVersion(line, secondBlank + 1)) {
            throw MalformedRequestException.of(
                    "A request begins with method, address and version, with one blank in between");
        }
        for (int i = 0; i < firstBlank; i++) {
            if (!HttpGrammar.isTokenCharacter(line.charAt(i))) {
                throw MalformedRequestException.of("The method of the request is malformed");
            }
        }
        for (int i = firstBlank + 1; i < secondBlank; i++) {
            char c = line.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw MalformedRequestException.of(
                        "The address of the request has a character that must be percent-escaped");
            }
        }
    }

    /** Returns whether the line ends with a version: HTTP, a slash, a digit, a dot, a digit. */
    private static boolean isVersion(Line line, int at) {
        return line.length() == at + 8
                && line.charAt(at) == 'H'
                && line.charAt(at + 1) == 'T'
                && line.charAt(at + 2) == 'T'
                && line.charAt(at + 3) == 'P'
                && line.charAt(at + 4) == '/'
                && isDigit(line.charAt(at + 5))
                && line.charAt(at + 6) == '.'
                && isDigit(line.charAt(at + 7));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns where the colon of a field is. */
    private static int requireField(Line line) throws MalformedRequestException {
        int colon = line.indexOf(':', 0);
        if (colon <= 0) {
            throw MalformedRequestException.of("A header field is malformed");
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (i < colon ? !HttpGrammar.isTokenCharacter(c) : !HttpGrammar.isTextCharacter(c)) {
                throw MalformedRequestException.of("A header field has a character that cannot stand there");
            }
        }
        return colon;
    }
}
