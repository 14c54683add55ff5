package dev.berth.registry.console.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** The beginning of a file. Immutable. */
public final class FileHead {
    private final byte[] bytes;
    private final long size;

    /**
     * Keeps the bytes, which must not be changed.
     *
     * @param size how many bytes the whole file has
     */
    FileHead(byte[] bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** Returns the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** Returns whether the file has more than these bytes. */
    public boolean isCut() {
        return size > bytes.length;
    }

    /** Returns the text, if it is one in UTF-8, which all of ASCII is. A letter that was cut at the end is left out. */
    public Optional<String> text() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        // What is cut may end within a letter, and only that.
        CoderResult result = decoder.decode(in, out, !isCut());
        if (result.isError()) {
            return Optional.empty();
        }
        String text = out.flip().toString();
        return text.chars().anyMatch(FileHead::isBinary) ? Optional.empty() : Optional.of(text);
    }

    /** Terminals' escapes are in texts as well; other controls are not. */
    private static boolean isBinary(int c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b && c != '\b';
    }
}
