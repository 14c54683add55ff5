package dev.berth.registry.server.http1;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.internal.wire.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads a chunked body (RFC 9112, section 7.1). HttpCore's own class accepts signs in chunk sizes, and reads to the end
 * of the body when it is closed; this one does neither. Extensions and trailers are checked and ignored, within
 * limits.
 */
final class StrictChunkedInput extends BulkInputStream {
    private static final int MOST_TRAILERS = 100;
    /** Fields about framing and routing (RFC 9110, section 6.5.1). */
    private static final List<String> FORBIDDEN_TRAILERS = List.of(
            WireHeaders.CONTENT_LENGTH, WireHeaders.TRANSFER_ENCODING, WireHeaders.HOST, WireHeaders.CONNECTION);

    private final StrictLines buffer;
    private final InputStream socket;
    private final int maxTrailerBytes;
    private final CharArrayBuffer line = new CharArrayBuffer(32);
    private long left;
    private boolean begun;
    private boolean ended;

    /** @param maxTrailerBytes the size of all trailers together */
    StrictChunkedInput(StrictLines buffer, InputStream socket, int maxTrailerBytes) {
        this.buffer = buffer;
        this.socket = socket;
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
        int count = buffer.read(target, offset, (int) Math.min(length, left), socket);
        if (count < 0) {
            throw new ConnectionClosedException("The client hung up in the middle of a chunk");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !readLine().isEmpty()) {
            throw new MalformedChunkCodingException("A chunk is longer than it said");
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
        for (CharArrayBuffer trailer = readLine(); !trailer.isEmpty(); trailer = readLine()) {
            bytes += trailer.length();
            count++;
            if (count > MOST_TRAILERS || bytes > maxTrailerBytes) {
                throw new MalformedChunkCodingException("The chunked body has too many trailers, or too large ones");
            }
            checkTrailer(trailer);
        }
    }

    /** A trailer is ignored, but must not be one that changes for another program where the message ends. */
    private static void checkTrailer(CharArrayBuffer trailer) throws MalformedChunkCodingException {
        int colon = trailer.indexOf(':');
        if (colon < 0 || !HttpGrammar.isToken(trailer.subSequence(0, colon))) {
            throw new MalformedChunkCodingException("A trailer of the chunked body has no name");
        }
        for (int i = colon + 1; i < trailer.length(); i++) {
            if (!HttpGrammar.isTextCharacter(trailer.charAt(i))) {
                throw new MalformedChunkCodingException("A trailer has a character that cannot stand there");
            }
        }
        String name = trailer.substring(0, colon);
        if (FORBIDDEN_TRAILERS.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new MalformedChunkCodingException("The field " + name + " cannot be a trailer");
        }
    }

    private CharArrayBuffer readLine() throws IOException {
        line.clear();
        if (buffer.readLine(line, socket) < 0) {
            throw new ConnectionClosedException("The client hung up in the middle of a chunked body");
        }
        return line;
    }
}
