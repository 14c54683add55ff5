package dev.berth.registry.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Bytes to JSON trees and back. Thread-safe.
 *
 * <p>Reading is strict, so that two readers cannot see different things in the same document: UTF-8 only and without
 * byte order mark, no duplicate names in an object, nothing after the document, no unpaired surrogates. It is bounded,
 * so that a small document cannot cost much: {@value #MAX_DEPTH} levels, {@value #MAX_TOKENS} tokens,
 * {@value #MAX_NUMBER_LENGTH} digits in a number. The caller bounds the number of bytes.
 */
public final class StrictJson {
    static final int MAX_DEPTH = 100;

    /**
     * Limits the memory of a tree, which is many times that of a text such as {@code [[],[],…]}. An index of 4 MiB with
     * nothing but descriptors has fewer.
     */
    static final int MAX_TOKENS = 500_000;

    static final int MAX_NUMBER_LENGTH = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers that are not evaluated must be written unchanged.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader STRICT =
            MAPPER.reader().with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectReader LAST_NAME_WINS = MAPPER.reader();

    private StrictJson() {}

    private static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        // The document is in memory already: no string of it is longer.
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                // Names come from strangers: they must not stay in tables that live as long as the JVM.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /**
     * Reads a document.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks one of the rules of this class
     */
    public static JsonNode parse(byte[] document) {
        return parse(document, STRICT);
    }

    /**
     * Reads a document that may have the same name twice in an object: the last one counts, as most readers do it.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks another rule of this class
     */
    public static JsonNode parseLastNameWins(byte[] document) {
        return parse(document, LAST_NAME_WINS);
    }

    private static JsonNode parse(byte[] document, ObjectReader reader) {
        CharBuffer text = decode(document);
        JsonNode tree;
        try (JsonParser parser = MAPPER.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            tree = reader.readTree(parser);
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException(
                    "is too complex: it may have " + MAX_DEPTH + " levels, " + MAX_TOKENS + " tokens, and numbers of "
                            + MAX_NUMBER_LENGTH + " digits",
                    e);
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException("is not valid JSON: " + describe(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
        if (tree == null || tree.isMissingNode()) {
            throw new MalformedJsonException("", "is empty");
        }
        if (mayHaveSurrogateEscapes(text)) {
            requireUnicode(tree);
        }
        return tree;
    }

    private static CharBuffer decode(byte[] document) {
        try {
            // Unlike new String(), a new decoder rejects malformed input.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("is not valid JSON: it is not in UTF-8", e);
        }
    }

    private static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return JsonObject.printable(withoutSource(e.getOriginalMessage())) + where;
    }

    /** Some messages end with where a value began, in words that only Jackson's users understand. */
    private static String withoutSource(String message) {
        int source = message.indexOf("[Source:");
        int bracket = source < 0 ? -1 : message.lastIndexOf('(', source);
        return bracket < 0 ? message : message.substring(0, bracket).stripTrailing();
    }

    private static boolean mayHaveSurrogateEscapes(CharBuffer text) {
        char[] chars = text.array();
        int end = text.arrayOffset() + text.remaining();
        for (int i = text.arrayOffset(); i + 2 < end; i++) {
            if (chars[i] == '\\' && chars[i + 1] == 'u' && (chars[i + 2] == 'd' || chars[i + 2] == 'D')) {
                return true;
            }
        }
        return false;
    }

    /** Half a surrogate pair is no character: it cannot be written as UTF-8 again. */
    private static void requireUnicode(JsonNode node) {
        if (node.isTextual()) {
            requireUnicode(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            requireUnicode(field.getKey());
            requireUnicode(field.getValue());
        }
        if (node.isArray()) {
            node.forEach(StrictJson::requireUnicode);
        }
    }

    private static void requireUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedJsonException("", "is not valid JSON: a string has half a surrogate pair");
        }
    }

    /** Writes a document in its shortest form, the fields in the order that they have in the tree. */
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
