package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.contract.Seeds;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is a document or MANIFEST_INVALID. */
class HostileManifestTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final String FULL_DESCRIPTOR = "{\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST
            + "\",\"size\":5,\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"v\"},\"urls\":[\"u\"],"
            + "\"platform\":{\"os\":\"o\",\"architecture\":\"a\",\"variant\":\"v\",\"os.version\":\"1\","
            + "\"os.features\":[\"f\"]}}";
    private static final String FULL_IMAGE = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"artifactType\":\"a/b\",\"config\":" + FULL_DESCRIPTOR + ",\"layers\":[" + FULL_DESCRIPTOR
            + "],\"subject\":" + FULL_DESCRIPTOR + ",\"annotations\":{\"k\":\"v\"}}";

    private static Manifest image(String body) {
        return Manifest.of(MediaTypes.OCI_MANIFEST, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertInvalid(Manifest manifest, String inMessage) {
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> ManifestDocument.parse(manifest), () -> ManifestDocument.outline(manifest))) {
            assertThatThrownBy(reading).isInstanceOfSatisfying(RegistryException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
                assertThat(e.getMessage()).contains(inMessage).hasSizeLessThan(1000);
            });
        }
    }

    /** Every path in the document, with every value that is not of its type. */
    static Stream<String> wrongTypes() {
        JsonNode document = StrictJson.parse(FULL_IMAGE.getBytes(StandardCharsets.UTF_8));
        return paths("", document)
                .flatMap(path -> wrongValues(document.at(path)).map(value -> replace(path, value)));
    }

    private static Stream<String> paths(String prefix, JsonNode node) {
        Stream<String> below = node.isArray()
                ? paths(prefix + "/0", node.get(0))
                : node.properties().stream().flatMap(field -> paths(prefix + "/" + field.getKey(), field.getValue()));
        return prefix.isEmpty() ? below : Stream.concat(Stream.of(prefix), below);
    }

    private static Stream<String> wrongValues(JsonNode right) {
        return Map.of(
                        "text", "\"x\"",
                        "fraction", "1.5",
                        "whole", "7",
                        "huge", "1e999999999",
                        "long", "9".repeat(900),
                        "flag", "true",
                        "array", "[[]]",
                        "object", "{\"x\":[]}")
                .entrySet()
                .stream()
                .filter(wrong -> !(right.isTextual() && wrong.getKey().equals("text")))
                .filter(wrong -> !(right.isNumber() && wrong.getKey().equals("whole")))
                .filter(wrong -> !(right.has("os") && wrong.getKey().equals("object")))
                .map(Map.Entry::getValue);
    }

    private static String replace(String path, String value) {
        ObjectNode document = (ObjectNode) StrictJson.parse(FULL_IMAGE.getBytes(StandardCharsets.UTF_8));
        int slash = path.lastIndexOf('/');
        JsonNode parent = document.at(path.substring(0, slash));
        String name = path.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.put(name, "@@@");
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), "@@@");
        }
        return document.toString().replace("\"@@@\"", value);
    }

    @Test
    void theDocumentThatTheWrongOnesAreMadeFromIsRight() {
        assertThat(ManifestDocument.parse(image(FULL_IMAGE))).isInstanceOf(ImageManifest.class);
        assertThat(wrongTypes()).hasSizeGreaterThan(200);
    }

    @Test
    void aWrongTypeInAnyFieldIsInvalid() {
        Cases.of(wrongTypes().toList()).check(body -> {
            assertInvalid(image(body), "is not valid");
        });
    }

    @Test
    void deepNestingIsInvalid() {
        assertInvalid(image("[".repeat(2_000_000)), "is not valid: it ");
        assertInvalid(image("{\"x\":".repeat(500_000)), "too complex");
        assertInvalid(image("{\"x\":" + "[".repeat(101) + "]".repeat(101) + "}"), "too complex");
    }

    @Test
    void aHugeNumberIsInvalid() {
        assertInvalid(image("{\"x\":" + "9".repeat(4_000_000) + "}"), "too complex");
    }

    @Test
    void aDocumentOfCountlessPartsIsInvalid() {
        assertInvalid(image("{\"x\":[" + "[],".repeat(1_000_000) + "[]]}"), "too complex");
    }

    @Test
    void aVeryLongAnnotationIsFine() {
        String value = "v".repeat(3_900_000);
        ManifestDocument document = ManifestDocument.parse(
                image("{\"config\":" + FULL_DESCRIPTOR + ",\"layers\":[],\"annotations\":{\"k\":\"" + value + "\"}}"));

        assertThat(document.annotations()).containsEntry("k", value);
    }

    @Test
    void textThatIsNotUnicodeIsInvalid() {
        assertInvalid(
                Manifest.of(
                        MediaTypes.OCI_MANIFEST, new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}),
                "UTF-8");
        assertInvalid(image("{\"x\":\"\\ud800\"}"), "surrogate");
        assertInvalid(image("{\"annotations\":{\"\\uDC00\":\"v\"}}"), "surrogate");
        assertInvalid(image("\uFEFF" + FULL_IMAGE), "not valid JSON");
    }

    @Test
    void anotherEncodingThanUtf8IsInvalid() {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            assertInvalid(Manifest.of(MediaTypes.OCI_MANIFEST, FULL_IMAGE.getBytes(charset)), "not valid JSON");
        }
    }

    @Test
    void theMessageHasNoControlCharactersFromTheDocument() {
        assertInvalid(
                image("{\"config\":" + FULL_DESCRIPTOR + ",\"layers\":[],\"annotations\":{\"a\\r\\nb\":1}}"),
                "annotations['a\uFFFD\uFFFDb'] must be a string");
    }

    @Test
    void namesThatGoTakesForKnownOnesAreInvalid() {
        assertInvalid(image(FULL_IMAGE.replace("\"subject\"", "\"\u017Fubject\"")), "must be spelled subject");
        assertInvalid(image(FULL_IMAGE.replace("\"size\":5", "\"size\":5,\"Digest\":\"" + DIGEST + "\"")), "spelled");
    }

    @Test
    void embeddedDataMustBeWhatTheDescriptorSays() {
        String hello = "{\"mediaType\":\"a/b\",\"size\":5,\"digest\":"
                + "\"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\",\"data\":\"%s\"}";
        String body = "{\"config\":" + hello + ",\"layers\":[]}";

        assertThat(ManifestDocument.parse(image(body.formatted("aGVsbG8=")))).isInstanceOf(ImageManifest.class);
        assertInvalid(image(body.formatted("aGVsbG8")), "config.data is not in base64");
        assertInvalid(image(body.formatted("aGVsbG9=")), "config.data is not in base64");
        assertInvalid(image(body.formatted("!")), "config.data is not in base64");
        assertInvalid(image(body.formatted("aGVsbG8h")), "config.data has 6 bytes, but size says 5");
        assertInvalid(image(body.formatted("SGVsbG8=")), "config.data does not have the digest");
    }

    @Test
    void aDamagedDocumentIsReadOrInvalid() {
        Seeds.check(300, seed -> {
            Random random = new Random(seed);
            byte[] body = new RandomDocuments(seed)
                    .imageManifest(MediaTypes.OCI_MANIFEST)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 20; round++) {
                byte[] damaged = body.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                for (String mediaType :
                        List.of(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, "application/x-unknown")) {
                    parse(Manifest.of(mediaType, damaged));
                }
                ManifestDocument.inferMediaType(damaged);
            }
        });
    }

    /** Both ways of reading take the same documents, and find the same in them. */
    private static void parse(Manifest manifest) {
        try {
            Optional<ManifestDocument> whole = attempt(() -> ManifestDocument.parse(manifest));
            Optional<ManifestDocument> outline = attempt(() -> ManifestDocument.outline(manifest));
            assertThat(outline.map(HostileManifestTest::digests)).isEqualTo(whole.map(HostileManifestTest::digests));
            assertThat(outline.flatMap(ManifestDocument::artifactType))
                    .isEqualTo(whole.flatMap(ManifestDocument::artifactType));
            assertThat(outline.map(ManifestDocument::annotations)).isEqualTo(whole.map(ManifestDocument::annotations));
        } catch (RuntimeException e) {
            fail("Neither read nor MANIFEST_INVALID: " + new String(manifest.bytes(), StandardCharsets.UTF_8), e);
        }
    }

    private static Optional<ManifestDocument> attempt(Supplier<ManifestDocument> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            return Optional.empty();
        }
    }

    private static List<String> digests(ManifestDocument document) {
        return document.references().stream()
                .map(reference -> reference.role() + " " + reference.required() + " " + reference.descriptor())
                .toList();
    }
}
