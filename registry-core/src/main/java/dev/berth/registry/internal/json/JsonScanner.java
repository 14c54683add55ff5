package dev.berth.registry.internal.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of a document, one after the other, by the rules of {@link StrictJson}. Keeps nothing of what it has
 * read, and does not copy the document, so that reading a large one needs no more memory than a small one. Numbers are
 * text: what a number like {@code 1e2147483648} would be is for nobody to compute. Not thread-safe.
 */
public final class JsonScanner {
    private final ByteBuffer document;
    private final StringToken string;
    private final boolean[] inObject = new boolean[StrictJson.MAX_DEPTH + 1];
    /** The names of the open objects, or null if names may occur twice. */
    private final @Nullable SeenNames @Nullable [] names;

    private State state = State.VALUE;
    private int depth;
    private int tokens;
    private int position;
    private int numberStart;

    /** What a token is. */
    public enum Token {
        OBJECT,
        END_OBJECT,
        ARRAY,
        END_ARRAY,
        NAME,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** The end of the document. */
        END
    }

    private enum State {
        /** A value must come. */
        VALUE,
        /** An object or array has begun. */
        FIRST,
        /** A value in an object or array has ended. */
        AFTER,
        /** The document has ended. */
        DONE
    }

    private JsonScanner(ByteBuffer document, boolean lastNameWins) {
        this.document = document.duplicate();
        this.position = document.position();
        this.string = new StringToken(this.document);
        this.names = lastNameWins ? null : new SeenNames[StrictJson.MAX_DEPTH + 1];
    }

    /** Returns a scanner of a document, from the position of the buffer to its limit; neither is changed. */
    public static JsonScanner of(ByteBuffer document) {
        return new JsonScanner(document, false);
    }

    /** As {@link #of}, for a document that may have the same name twice in an object. */
    static JsonScanner lastNameWins(ByteBuffer document) {
        return new JsonScanner(document, true);
    }

    /**
     * Reads the next token.
     *
     * @throws MalformedJsonException if the document is malformed there, or too complex
     */
    public Token next() {
        skipSpace();
        if (state == State.DONE) {
            if (position < document.limit()) {
                throw malformed("there is more behind it");
            }
            return Token.END;
        }
        if (++tokens > StrictJson.MAX_TOKENS) {
            throw tooComplex();
        }
        if (state == State.VALUE) {
            return value();
        }
        int c = peek();
        if (c == (inObject[depth] ? '}' : ']')) {
            return close();
        }
        if (state == State.AFTER) {
            if (c != ',') {
                throw unexpected(
                        c, inObject[depth] ? "a comma or the end of the object" : "a comma or the end of the array");
            }
            position++;
            skipSpace();
        }
        return inObject[depth] ? readName() : value();
    }

    /** Reads to the end of the value whose first token was read last. */
    public void skip(Token first) {
        if (first == Token.OBJECT || first == Token.ARRAY) {
            int outside = depth - 1;
            while (depth > outside) {
                next();
            }
        }
    }

    /** Fails unless the document ends here. */
    public void requireEnd() {
        if (next() != Token.END) {
            throw malformed("there is more behind it");
        }
    }

    /** Returns whether the name or string that was read last is this one, which is in ASCII. */
    public boolean says(String expected) {
        return string.says(expected);
    }

    /** Returns the name that was read last. After the first token of its value, too, unless that is a string. */
    public String name() {
        return string.text();
    }

    /** Returns the number of characters of the name or string that was read last. */
    int length() {
        return string.length();
    }

    /** Returns the name, string or number that was read last. */
    public String text() {
        return numberStart >= 0 ? number() : string.text();
    }

    private String number() {
        byte[] digits = new byte[position - numberStart];
        document.get(numberStart, digits);
        return new String(digits, StandardCharsets.US_ASCII);
    }

    private Token readName() {
        int c = peek();
        if (c != '"') {
            throw unexpected(c, "a name in quotation marks");
        }
        string();
        if (string.length() > StrictJson.MAX_NAME_LENGTH) {
            throw tooComplex();
        }
        if (names != null && !seen(names).add(string)) {
            throw malformed("Duplicate field '" + JsonObject.printable(string.text()) + "'");
        }
        skipSpace();
        int colon = peek();
        if (colon != ':') {
            throw unexpected(colon, "a colon");
        }
        position++;
        state = State.VALUE;
        return Token.NAME;
    }

    private SeenNames seen(@Nullable SeenNames[] open) {
        SeenNames seen = open[depth];
        if (seen == null) {
            seen = new SeenNames(document);
            open[depth] = seen;
        }
        return seen;
    }

    private void string() {
        position = string.read(position + 1);
        numberStart = -1;
    }

    private Token value() {
        if (position >= document.limit() && depth == 0) {
            throw new MalformedJsonException("", "is empty");
        }
        int c = peek();
        switch (c) {
            case '{' -> {
                return open(true);
            }
            case '[' -> {
                return open(false);
            }
            case '"' -> {
                string();
                return ended(Token.STRING);
            }
            case 't' -> {
                return literal("true", Token.TRUE);
            }
            case 'f' -> {
                return literal("false", Token.FALSE);
            }
            case 'n' -> {
                return literal("null", Token.NULL);
            }
            case '}', ']' ->
                throw unexpected(c, depth > 0 && !inObject[depth] ? "a value or the expected ']'" : "a value");
            default -> {
                numberStart = position;
                position = JsonNumber.end(document, position);
                return ended(Token.NUMBER);
            }
        }
    }

    private Token literal(String text, Token token) {
        for (int i = 0; i < text.length(); i++) {
            int c = peek();
            if (c != text.charAt(i)) {
                throw unexpected(c, text);
            }
            position++;
        }
        return ended(token);
    }

    private Token open(boolean object) {
        if (++depth > StrictJson.MAX_DEPTH) {
            throw tooComplex();
        }
        position++;
        inObject[depth] = object;
        if (object && names != null) {
            seen(names).clear();
        }
        state = State.FIRST;
        return object ? Token.OBJECT : Token.ARRAY;
    }

    private Token close() {
        position++;
        boolean object = inObject[depth];
        depth--;
        return ended(object ? Token.END_OBJECT : Token.END_ARRAY);
    }

    private Token ended(Token token) {
        state = depth == 0 ? State.DONE : State.AFTER;
        return token;
    }

    private void skipSpace() {
        while (position < document.limit()) {
            byte b = document.get(position);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            position++;
        }
    }

    private int peek() {
        if (position >= document.limit()) {
            throw malformed("Unexpected end-of-input"
                    + (depth == 0 ? "" : ": expected close marker for " + (inObject[depth] ? "Object" : "Array")));
        }
        return document.get(position) & 0xff;
    }

    private MalformedJsonException unexpected(int c, String expected) {
        return malformed("Unexpected character " + JsonPlace.show(c) + ", where " + expected + " should be");
    }

    private MalformedJsonException malformed(String problem) {
        return JsonPlace.malformed(document, position, problem);
    }

    static MalformedJsonException tooComplex() {
        return new MalformedJsonException(
                "",
                "is too complex: it may have " + StrictJson.MAX_DEPTH + " levels, " + StrictJson.MAX_TOKENS
                        + " tokens, names of " + StrictJson.MAX_NAME_LENGTH + " characters, and numbers of "
                        + StrictJson.MAX_NUMBER_LENGTH + " digits");
    }
}
