package dev.berth.registry.server.http1.message;

/**
 * The line before a chunk: its size and extensions (RFC 9112, section 7.1). Extensions are checked and ignored. They are
 * checked because a character that ends the line for another program would let it see another body.
 */
public final class ChunkHeader {
    private static final int MOST_SIZE_DIGITS = 15;

    private final Line line;
    private int position;

    private ChunkHeader(Line line) {
        this.line = line;
    }

    /** Returns the size that the line states, in bytes. */
    public static long parseSize(Line line) throws MalformedRequestException {
        ChunkHeader header = new ChunkHeader(line);
        long size = header.size();
        while (header.position < line.length()) {
            header.skipExtension();
        }
        return size;
    }

    private long size() throws MalformedRequestException {
        long size = 0;
        int digit = hexDigit(peek());
        while (digit >= 0) {
            size = size << 4 | digit;
            position++;
            digit = hexDigit(peek());
        }
        if (position == 0 || position > MOST_SIZE_DIGITS) {
            throw malformed();
        }
        return size;
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private void skipExtension() throws MalformedRequestException {
        skipBlanks();
        expect(';');
        skipBlanks();
        skipToken();
        int end = position;
        skipBlanks();
        if (peek() != '=') {
            // The blanks belong to the next extension.
            position = end;
            return;
        }
        position++;
        skipBlanks();
        if (peek() == '"') {
            skipQuoted();
        } else {
            skipToken();
        }
    }

    private void skipQuoted() throws MalformedRequestException {
        expect('"');
        while (peek() != '"') {
            if (peek() == '\\') {
                position++;
            }
            if (!HttpGrammar.isTextCharacter(peek())) {
                throw malformed();
            }
            position++;
        }
        position++;
    }

    private void skipToken() throws MalformedRequestException {
        int begin = position;
        while (HttpGrammar.isTokenCharacter(peek())) {
            position++;
        }
        if (position == begin) {
            throw malformed();
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            position++;
        }
    }

    private void expect(char c) throws MalformedRequestException {
        if (peek() != c) {
            throw malformed();
        }
        position++;
    }

    /** Returns the character at the position, and at the end of the line one that stands nowhere. */
    private char peek() {
        return position < line.length() ? line.charAt(position) : '\0';
    }

    private static MalformedRequestException malformed() {
        return MalformedRequestException.of("The size of a chunk or its extension is malformed");
    }
}
