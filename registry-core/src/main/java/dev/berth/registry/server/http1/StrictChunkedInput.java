package dev.berth.registry.server.http1;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.message.ChunkHeader;
import dev.berth.registry.server.http1.message.ClosedByClientException;
import dev.berth.registry.server.http1.message.HttpGrammar;
import dev.berth.registry.server.http1.message.Line;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunked body (RFC 9112, section 7.1). Extensions and trailers are checked and ignored, within limits.
 */
final class StrictChunkedInput extends BulkInputStream {
    private static final int MOST_TRAILERS = 100;
    /** Fields about framing and routing (RFC 9110, section 6.5.1). */
    private static final List<String> FORBIDDEN_TRAILERS = List.of(
            WireHeaders.CONTENT_LENGTH, WireHeaders.TRANSFER_ENCODING, WireHeaders.HOST, WireHeaders.CONNECTION);

    private final ConnectionInput input;
    private final int maxTrailerBytes;
    private long left;
    private boolean begun;
    private boolean ended;

    /** @param maxTrailerBytes the size of all trailers together */
    StrictChunkedInput(ConnectionInput input, int maxTrailerBytes) {
        this.input = input;
        this.maxTrailerBytes = maxTrailerBytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (left == 0) {
            nextChunk();
            if (ended) {
                return -1;
            }
        }
        int count = input.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new ClosedByClientException();
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !readLine().isEmpty()) {
            throw MalformedRequestException.of("A chunk is longer than it said");
        }
        begun = true;
        left = ChunkHeader.parseSize(readLine());
        if (left == 0) {
            readTrailers();
            ended = true;
        }
    }

    private void readTrailers() throws IOException {
        int bytes = 0;
        int count = 0;
        for (Line trailer = readLine(); !trailer.isEmpty(); trailer = readLine()) {
            bytes += trailer.length();
            count++;
            if (count > MOST_TRAILERS || bytes > maxTrailerBytes) {
                throw MalformedRequestException.of("The chunked body has too many trailers, or too large ones");
            }
            checkTrailer(trailer);
        }
    }

    /** A trailer is ignored, but must not be one that changes for another program where the message ends. */
    private static void checkTrailer(Line trailer) throws MalformedRequestException {
        int colon = trailer.indexOf(':', 0);
        if (colon < 0 || !HttpGrammar.isToken(trailer.substring(0, colon))) {
            throw MalformedRequestException.of("A trailer of the chunked body has no name");
        }
        for (int i = colon + 1; i < trailer.length(); i++) {
            if (!HttpGrammar.isTextCharacter(trailer.charAt(i))) {
                throw MalformedRequestException.of("A trailer has a character that cannot stand there");
            }
        }
        String name = trailer.substring(0, colon);
        if (FORBIDDEN_TRAILERS.stream().anyMatch(name::equalsIgnoreCase)) {
            throw MalformedRequestException.of("The field " + name + " cannot be a trailer");
        }
    }

    private Line readLine() throws IOException {
        @Nullable Line line = input.readLine(maxTrailerBytes);
        if (line == null) {
            throw new ClosedByClientException();
        }
        return line;
    }
}
