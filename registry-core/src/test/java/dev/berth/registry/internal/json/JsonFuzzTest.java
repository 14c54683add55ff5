package dev.berth.registry.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.fixtures.Allocations;
import dev.berth.registry.internal.json.JsonScanner.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Any bytes are the document that Jackson reads from them, or are refused; and what is refused, Jackson refuses as well. */
class JsonFuzzTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void documents(byte[] input) throws Exception {
        Allocations.requireProportional(input.length, () -> check(input));
    }

    private static void check(byte[] input) {
        Optional<List<String>> theirs = jackson(input);
        try {
            List<String> ours = tokens(input);
            assertThat(Optional.of(ours)).isEqualTo(theirs);
            JsonNode tree = StrictJson.parse(input);
            assertThat(StrictJson.parse(StrictJson.write(tree)).toString()).isEqualTo(tree.toString());
            assertThat(StrictJson.parseLastNameWins(input)).hasToString(tree.toString());
        } catch (MalformedJsonException e) {
            if (!isStricter(e)) {
                assertThat(theirs).as(e.getMessage()).isEmpty();
            }
        }
        fields(input);
    }

    /** Beyond JSON, complexity is limited, and what is written must be possible to be written again. */
    private static boolean isStricter(MalformedJsonException e) {
        return e.getMessage().contains("is too complex") || e.getMessage().contains("half a surrogate pair");
    }

    private static List<String> tokens(byte[] input) {
        JsonScanner scanner = JsonScanner.of(ByteBuffer.wrap(input));
        List<String> tokens = new ArrayList<>();
        for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
            boolean hasText = token == Token.NAME || token == Token.STRING || token == Token.NUMBER;
            tokens.add(token + (hasText ? " " + scanner.text() : ""));
        }
        return tokens;
    }

    /** What Jackson finds in a text, since its decoder of UTF-8 is lenient. */
    private static Optional<List<String>> jackson(byte[] input) {
        try (JsonParser parser = JACKSON.createParser(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(input))
                .toString())) {
            List<String> tokens = new ArrayList<>();
            int depth = 0;
            int documents = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                documents += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tokens.add(name(token, parser));
            }
            return documents == 1 ? Optional.of(tokens) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String name(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case START_OBJECT -> "OBJECT";
            case END_OBJECT -> "END_OBJECT";
            case START_ARRAY -> "ARRAY";
            case END_ARRAY -> "END_ARRAY";
            case FIELD_NAME -> "NAME " + parser.currentName();
            case VALUE_STRING -> "STRING " + parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER " + parser.getText();
            case VALUE_TRUE -> "TRUE";
            case VALUE_FALSE -> "FALSE";
            case VALUE_NULL -> "NULL";
            default -> throw new AssertionError("Jackson found " + token);
        };
    }

    /** Some fields of a document are those of the whole. */
    private static void fields(byte[] input) {
        Set<String> names = Set.of("a", "mediaType");
        Optional<JsonNode> whole = attempt(() -> StrictJson.parseLastNameWins(input));
        Optional<JsonNode> some = attempt(
                () -> StrictJson.parseFields(ByteBuffer.wrap(input), names).node());
        assertThat(some.isPresent()).isEqualTo(whole.filter(JsonNode::isObject).isPresent());
        if (some.isPresent()) {
            for (Iterator<Map.Entry<String, JsonNode>> all = whole.orElseThrow().fields(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> field = all.next();
                JsonNode read = some.get().get(field.getKey());
                assertThat(read != null).isEqualTo(names.contains(field.getKey()));
                if (read != null && !read.isContainerNode()) {
                    assertThat(read).isEqualTo(field.getValue());
                }
            }
        }
    }

    private interface Reading {
        JsonNode read();
    }

    private static Optional<JsonNode> attempt(Reading reading) {
        try {
            return Optional.of(reading.read());
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}
