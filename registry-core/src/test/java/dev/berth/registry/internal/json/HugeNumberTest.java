package dev.berth.registry.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that nobody can compute is kept as it is written where it means nothing, and refused where a number is needed. */
class HugeNumberTest {
    private static final String DESCRIPTOR =
            "{\"mediaType\":\"a/b\",\"size\":%s,\"digest\":\"" + Digest.sha256(new byte[] {1}) + "\",\"x\":%s}";

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Manifest image(String size, String unknown) {
        return Manifest.of(
                MediaTypes.OCI_MANIFEST,
                bytes("{\"schemaVersion\":2,\"config\":" + DESCRIPTOR.formatted(size, unknown)
                        + ",\"layers\":[],\"x\":[{\"y\":" + unknown + "}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483648",
                "-1e2147483648",
                "1e-2147483648",
                "1e999999999",
                "0.1e99999999999999999999",
                "-0",
                "1.50",
                "9223372036854775808",
                "99999999999999999999999999999999"
            })
    void aFieldThatIsNotKnownKeepsIt(String number) {
        JsonNode tree = StrictJson.parse(bytes("{\"x\":[" + number + "]}"));
        ImageManifest image = (ImageManifest) ManifestDocument.parse(image("1", number));
        ImageConfig config = ImageConfig.parse(
                bytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[]},\"x\":{\"y\":" + number
                        + "}}"));

        assertThat(new String(StrictJson.write(tree), StandardCharsets.UTF_8)).isEqualTo("{\"x\":[" + number + "]}");
        assertThat(new String(
                        image.withAnnotations(Map.of("k", "v")).toManifest().bytes(), StandardCharsets.UTF_8))
                .contains("\"x\":" + number + "}", "\"y\":" + number + "}", "\"k\":\"v\"");
        assertThat(new String(config.withCreated(Instant.EPOCH).toJson(), StandardCharsets.UTF_8))
                .contains("\"y\":" + number + "}", "1970");
        assertThat(ManifestDocument.parseNew(image("1", number)).references()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483648",
                "-1e2147483648",
                "1e-2147483648",
                "1e999999999",
                "0.1e99999999999999999999",
                "-0",
                "1.50",
                "9223372036854775808",
                "99999999999999999999999999999999"
            })
    void aSizeMustNotBeOne(String number) {
        if (number.equals("-0")) {
            return;
        }
        assertThatThrownBy(() -> ManifestDocument.parse(image(number, "1"))).satisfies(e -> assertRefused(e, number));
        assertThatThrownBy(() -> ManifestDocument.parseNew(image(number, "1")))
                .satisfies(e -> assertRefused(e, number));
    }

    private static void assertRefused(Throwable e, String number) {
        assertThat(((RegistryException) e).code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
        assertThat(e).hasMessageContaining("config.size must be a whole number").hasMessageContaining(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483648",
                "-1e2147483648",
                "1e-2147483648",
                "1e999999999",
                "0.1e99999999999999999999",
                "-0",
                "1.50",
                "9223372036854775808",
                "99999999999999999999999999999999"
            })
    void theMediaTypeIsFoundBesideIt(String number) {
        ByteBuffer document =
                ByteBuffer.wrap(bytes("{\"schemaVersion\":2,\"x\":" + number + ",\"mediaType\":\"a/b\"}"));

        assertThat(StrictJson.parseFields(document, Set.of("mediaType")).string("mediaType"))
                .contains("a/b");
        assertThat(ManifestDocument.inferMediaType(document)).contains("a/b");
        assertThat(ManifestDocument.inferMediaType(bytes("{\"schemaVersion\":" + number + ",\"mediaType\":\"a/b\"}")))
                .contains("a/b");
        assertThat(ManifestDocument.inferMediaType(bytes("{\"schemaVersion\":1e2147483648,\"layers\":[]}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483648",
                "-1e2147483648",
                "1e-2147483648",
                "1e999999999",
                "0.1e99999999999999999999",
                "-0",
                "1.50",
                "9223372036854775808",
                "99999999999999999999999999999999"
            })
    void anErrorOfAnotherRegistryTellsIt(String number) {
        assertThat(ErrorBody.parse(bytes("{\"errors\":[{\"code\":\"DENIED\",\"message\":" + number
                        + ",\"detail\":{\"limit\":" + number + "}}]}")))
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).containsEntry("limit", number));
    }
}
