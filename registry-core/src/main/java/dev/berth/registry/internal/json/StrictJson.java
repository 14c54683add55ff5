package dev.berth.registry.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON trees. Thread-safe.
 *
 * <p>Reading is strict, so that two readers cannot see different content in the same document: only UTF-8 without a byte
 * order mark, no name twice in an object, nothing after the document, no unpaired surrogates. It is bounded, so that a small
 * document cannot cost much: {@value #MAX_DEPTH} levels, {@value #MAX_TOKENS} tokens,
 * {@value #MAX_NUMBER_LENGTH} digits in a number. The caller bounds the number of bytes.
 */
public final class StrictJson {
    static final int MAX_DEPTH = 100;

    /**
     * Limits the memory of a tree, which is many times that of a text such as {@code [[],[],…]}. An index of 4 MiB that
     * consists of descriptors has fewer tokens.
     */
    static final int MAX_TOKENS = 500_000;

    static final int MAX_NUMBER_LENGTH = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number in an unknown field must be written as it was read.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader STRICT =
            MAPPER.reader().with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectReader LAST_NAME_WINS = MAPPER.reader();
    private static final ObjectReader SCALAR = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    private static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        // The document is in memory already, so that no string is longer.
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                // Names are untrusted: they must not fill tables that live as long as the JVM.
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
        return parse(ByteBuffer.wrap(document));
    }

    /**
     * Reads a document, from the position of the buffer to its limit; neither is changed.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks one of the rules of this class
     */
    public static JsonNode parse(ByteBuffer document) {
        return parse(document, STRICT::readTree);
    }

    /**
     * Reads a document that may have the same name twice in an object. The last one counts, as in most readers.
     *
     * @throws MalformedJsonException if it is not JSON, or breaks another rule of this class
     */
    public static JsonNode parseLastNameWins(byte[] document) {
        return parse(ByteBuffer.wrap(document), LAST_NAME_WINS::readTree);
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
        return JsonObject.root(parse(document, parser -> readFields(parser, names), LAST_NAME_WINS::readTree));
    }

    /**
     * Returns a string at the top level of an object that was parsed before, and reads no further than there.
     *
     * @return empty if the object does not have the field, or not as a string
     */
    public static Optional<String> firstString(InputStream parsed, String name) {
        try (JsonParser parser = MAPPER.createParser(parsed)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a document that was parsed before failed", e);
        }
    }

    private static @Nullable JsonNode readFields(JsonParser parser, Set<String> names) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            return first == null ? null : LAST_NAME_WINS.readTree(parser);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (names.contains(name)) {
                fields.set(name, scalarOrEmpty(parser, value));
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new MalformedJsonException("", "is not valid JSON: there is more behind it");
        }
        return fields;
    }

    private static JsonNode scalarOrEmpty(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> JsonNodeFactory.instance.objectNode();
            case START_ARRAY -> JsonNodeFactory.instance.arrayNode();
            default -> SCALAR.readTree(parser);
        };
    }

    private interface Reading {
        @Nullable JsonNode read(JsonParser parser) throws IOException;
    }

    private static JsonNode parse(ByteBuffer document, Reading reading) {
        return parse(document, reading, reading);
    }

    /**
     * Parses a document.
     *
     * @param whole reads the whole tree, for a document in which each string must be looked at
     */
    private static JsonNode parse(ByteBuffer document, Reading reading, Reading whole) {
        CharBuffer text = decode(document);
        boolean escapes = mayHaveSurrogateEscapes(text);
        JsonNode tree;
        try (JsonParser parser = MAPPER.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            tree = (escapes ? whole : reading).read(parser);
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
        if (escapes) {
            requireUnicode(tree);
        }
        return tree;
    }

    private static CharBuffer decode(ByteBuffer document) {
        try {
            // Unlike the decoder of new String, a new decoder refuses malformed input.
            return StandardCharsets.UTF_8.newDecoder().decode(document.duplicate());
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

    /** Some messages end with the position where a value began, in terms of Jackson. */
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

    /** An unpaired surrogate is no character, and cannot be written as UTF-8 again. */
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
