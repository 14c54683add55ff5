package dev.berth.registry.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DescriptorJsonTest {
    private static final Descriptor FULL = new Descriptor(
            "a/b",
            Digest.sha256("hello".getBytes(StandardCharsets.UTF_8)),
            5,
            Optional.of("a/c"),
            Map.of("k", "v"),
            List.of("https://example.com/x"),
            Optional.of(new Platform("linux", "arm", Optional.of("v7"), Optional.of("1"), List.of("f"))),
            Optional.of("aGVsbG8="));

    @Test
    void aDescriptorIsReadAsItWasWritten() {
        assertThat(DescriptorJson.read(JsonObject.root(DescriptorJson.toTree(FULL))))
                .isEqualTo(FULL);
    }

    @Test
    void absentFieldsAreNotWritten() {
        Descriptor minimal = Descriptor.of("a/b", FULL.digest(), 5);

        assertThat(DescriptorJson.toTree(minimal).toString())
                .isEqualTo("{\"mediaType\":\"a/b\",\"digest\":\"" + FULL.digest() + "\",\"size\":5}");
        assertThat(DescriptorJson.read(JsonObject.root(DescriptorJson.toTree(minimal))))
                .isEqualTo(minimal);
    }

    @Test
    void aDescriptorCanBeWrittenToAGeneratorWithoutACodec() throws IOException {
        StringWriter written = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(written)) {
            generator.writeStartArray();
            DescriptorJson.write(generator, FULL);
            generator.writeEndArray();
        }

        assertThat(written.toString()).isEqualTo("[" + DescriptorJson.toTree(FULL) + "]");
    }
}
