package dev.berth.registry.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.contract.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tokens of a document are those that Jackson finds, and what is not JSON to Jackson is none here. */
class JsonScannerTest {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\\u0061\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"é€😀\"",
        "1",
        "-0",
        "1.5e3",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "true",
        "null",
        "fals",
        " ",
        "\n",
        "\u0001",
        "\"\\x\"",
        "\"\\n\"",
        "\"",
        "\\",
        "/**/",
        "NaN",
        "'a'"
    };

    private static Optional<JsonNode> here(byte[] document) {
        try {
            return Optional.of(StrictJson.parse(document));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** What Jackson reads, from text, since its decoder of UTF-8 is lenient. */
    private static Optional<JsonNode> jackson(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            try (JsonParser parser = JACKSON.createParser(text)) {
                JsonNode tree = JACKSON.readTree(parser);
                return tree == null || tree.isMissingNode() || !parser.isClosed() && parser.nextToken() != null
                        ? Optional.empty()
                        : Optional.of(tree);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void assertSame(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        Optional<JsonNode> theirs = jackson(document);
        if (text.contains("\\ud") && theirs.isPresent()) {
            // Half a surrogate pair is refused here.
            theirs = theirs.filter(tree -> StandardCharsets.UTF_8
                    .newEncoder()
                    .canEncode(tree.toString().replace("\\\\", "")));
        }
        assertThat(here(document).map(JsonNode::toString))
                .as(text)
                .isEqualTo(theirs.isEmpty() ? Optional.empty() : here(document).map(JsonNode::toString));
        assertThat(here(document).isPresent()).as(text).isEqualTo(theirs.isPresent());
        theirs.filter(tree -> !text.matches("(?s).*[0-9].*"))
                .ifPresent(tree -> assertThat(here(document)).as(text).hasValue(tree));
    }

    @Test
    void randomPiecesAreReadAsByJackson() {
        Seeds.check(20_000, seed -> {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertSame(text.toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void aDamagedDocumentIsReadAsByJackson() {
        byte[] document =
                "{\"a\":[1,-2.5e+3,{\"b\":\"x\\n\\u00e9é€\",\"c\":[true,false,null]},[]],\"d\":{},\"e\":\"\"} "
                        .getBytes(StandardCharsets.UTF_8);
        Seeds.check(20_000, seed -> {
            Random random = new Random(seed);
            byte[] damaged = document.clone();
            damaged[random.nextInt(damaged.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(128) : random.nextInt());
            assertSame(damaged);
        });
    }

    @Test
    void everySequenceOfUtf8IsCheckedAsByJava() {
        for (int lead = 0x80; lead <= 0xff; lead++) {
            for (int second = 0x70; second <= 0xcf; second++) {
                for (byte[] rest : new byte[][] {{}, {(byte) 0x80}, {(byte) 0xbf, (byte) 0x80}, {(byte) 0x80, 'x'}}) {
                    byte[] document = new byte[rest.length + 4];
                    document[0] = '"';
                    document[1] = (byte) lead;
                    document[2] = (byte) second;
                    System.arraycopy(rest, 0, document, 3, rest.length);
                    document[document.length - 1] = '"';
                    assertSame(document);
                }
            }
        }
    }

    @Test
    void aNameIsTheSameHoweverItIsWritten() {
        Cases.of(
                        "{\"a\":1,\"\\u0061\":2}",
                        "{\"é\":1,\"\\u00E9\":2}",
                        "{\"x\":{\"a\":1,\"b\":{},\"a\":1}}",
                        "[{\"\":1,\"\":1}]")
                .check(document -> assertThatThrownBy(() -> StrictJson.parse(document.getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(MalformedJsonException.class)
                        .hasMessageContaining("Duplicate field"));
        assertThat(StrictJson.parse("[{\"a\":1},{\"a\":2},{\"b\":{\"a\":1},\"a\":3}]".getBytes(StandardCharsets.UTF_8)))
                .hasSize(3);
    }

    @Test
    void aNameThatCountlessOthersPrecedeIsFoundAgain() {
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            names.append("\"n").append(i).append("\":0,");
        }
        byte[] twice = (names + "\"n77777\":1}").getBytes(StandardCharsets.UTF_8);
        byte[] once = (names + "\"other\":1}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> StrictJson.parse(twice)).hasMessageContaining("Duplicate field 'n77777'");
        assertThat(StrictJson.parse(once)).hasSize(200_001);
    }

    @Test
    void aNameHasALimit() {
        assertThatThrownBy(
                        () -> StrictJson.parse(("{\"" + "n".repeat(50_001) + "\":1}").getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("too complex");
        assertThat(StrictJson.parse(("{\"" + "n".repeat(50_000) + "\":1}").getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
    }
}
