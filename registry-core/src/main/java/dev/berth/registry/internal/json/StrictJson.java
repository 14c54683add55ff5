package dev.berth.registry.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonScanner.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON trees. Thread-safe.
 *
 * <p>Reading is strict, so that two readers cannot see different content in the same document: only UTF-8 without a byte
 * order mark, no name twice in an object, nothing after the document, no unpaired surrogates. It is bounded, so that a small
 * document cannot cost much: {@value #MAX_DEPTH} levels, {@value #MAX_TOKENS} tokens,
 * {@value #MAX_NAME_LENGTH} characters in a name, {@value #MAX_NUMBER_LENGTH} digits in a number. The caller bounds the
 * number of bytes. A number that is not a whole one of 64 bits is not read as a number, but kept as it is written.
 */
public final class StrictJson {
    static final int MAX_DEPTH = 100;

    /**
     * Limits the memory of a tree, which is many times that of a text such as {@code [[],[],…]}. An index of 4 MiB that
     * consists of descriptors has fewer tokens.
     */
    static final int MAX_TOKENS = 500_000;

    static final int MAX_NUMBER_LENGTH = 1_000;

    static final int MAX_NAME_LENGTH = 50_000;

    private static final JsonMapper MAPPER = new JsonMapper();

    private StrictJson() {}

    /**
     * Reads a document.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks one of the rules of this class
     */
    public static JsonNode parse(byte[] document) {
        return parse(ByteBuffer.wrap(document));
    }

    /**
     * Reads a document, from the position of the buffer to its limit; neither is changed.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks one of the rules of this class
     */
    public static JsonNode parse(ByteBuffer document) {
        return tree(JsonScanner.of(document));
    }

    /**
     * Reads a document that may have the same name twice in an object. The last one counts, as in most readers.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks another rule of this class
     */
    public static JsonNode parseLastNameWins(byte[] document) {
        return tree(JsonScanner.lastNameWins(ByteBuffer.wrap(document)));
    }

    private static JsonNode tree(JsonScanner document) {
        JsonNode tree = JsonTree.read(document, document.next());
        document.requireEnd();
        return tree;
    }

    /**
     * Reads some fields of the object that a document is, without building a tree of the rest: the whole document is
     * read once and checked by the rules of this class. An object or array in one of the fields comes out empty. As with
     * {@link #parseLastNameWins}, the last of several fields of the same name counts.
     *
     * @param names the fields to return, where they are there
     * @throws MalformedJsonException if the document is not a JSON object, or breaks another rule of this class
     */
    public static JsonObject parseFields(ByteBuffer document, Set<String> names) {
        JsonScanner scanner = JsonScanner.lastNameWins(document);
        Token first = scanner.next();
        JsonNode root = JsonTree.withoutContent(scanner, first);
        if (root instanceof ObjectNode fields) {
            while (scanner.next() == Token.NAME) {
                String name = find(scanner, names);
                Token value = scanner.next();
                if (name != null) {
                    fields.set(name, JsonTree.withoutContent(scanner, value));
                }
                scanner.skip(value);
            }
        } else {
            scanner.skip(first);
        }
        scanner.requireEnd();
        return JsonObject.root(root);
    }

    private static @Nullable String find(JsonScanner scanner, Set<String> names) {
        for (String name : names) {
            if (scanner.says(name)) {
                return name;
            }
        }
        return null;
    }

    /** Writes a document in its shortest form, with the fields in the order of the tree. */
    public static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    static void write(JsonGenerator generator, JsonNode tree) throws IOException {
        MAPPER.writeTree(generator, tree);
    }
}
