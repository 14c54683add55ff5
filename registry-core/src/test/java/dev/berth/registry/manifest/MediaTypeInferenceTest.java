package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeInferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'mediaType':'a/b'} | a/b",
                "{'mediaType':'a/b','manifests':[],'schemaVersion':1} | a/b",
                "{'mediaType':'a/b','mediaType':'a/c'} | a/c",
                "{'schemaVersion':2,'manifests':[]} | " + MediaTypes.OCI_INDEX,
                "{'manifests':[],'config':{},'layers':[]} | " + MediaTypes.OCI_INDEX,
                "{'mediaType':'','manifests':[]} | " + MediaTypes.OCI_INDEX,
                "{'manifests':null,'config':{}} | " + MediaTypes.OCI_MANIFEST,
                "{'schemaVersion':2,'layers':[]} | " + MediaTypes.OCI_MANIFEST,
                "{'schemaVersion':1,'fsLayers':[]} | " + MediaTypes.DOCKER_MANIFEST_SCHEMA1,
                "{'schemaVersion':1,'fsLayers':[],'signatures':[]} | " + MediaTypes.DOCKER_MANIFEST_SCHEMA1_SIGNED,
            })
    void theBodyTells(String body, String mediaType) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThat(ManifestDocument.inferMediaType(bytes)).contains(mediaType);
    }

    @Test
    void theBodyDoesNotTell() {
        Cases.of("", "{}", "[]", "text", "{\"schemaVersion\":2}", "{\"mediaType\":3}", "{\"config\":{}} x")
                .check(body -> {
                    assertThat(ManifestDocument.inferMediaType(body.getBytes(StandardCharsets.UTF_8)))
                            .isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mediaType\":\"a/b\",\"x\":[{\"y\":tru}]}",
                "{\"mediaType\":\"a/b\",\"x\":\"\\ud800\"}",
                "{\"mediaType\":\"a/b\",\"x\":[1}",
                "{\"mediaType\":\"a/b\"}{}",
                "{\"mediaType\":\"a/b\"",
                "[{\"mediaType\":\"a/b\"}]"
            })
    void aDocumentThatIsMalformedBehindTheFieldDoesNotTell(String body) {
        assertThat(ManifestDocument.declaredMediaType(body.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        MediaTypes.OCI_MANIFEST + ", true, " + MediaTypes.OCI_MANIFEST,
        MediaTypes.OCI_MANIFEST + ", false, " + MediaTypes.OCI_MANIFEST,
        MediaTypes.DOCKER_MANIFEST + ", true, " + MediaTypes.DOCKER_MANIFEST,
        MediaTypes.DOCKER_MANIFEST + ", false, " + MediaTypes.OCI_MANIFEST,
    })
    void aParsedDocumentTellsTheSameAsItsBytes(String mediaType, boolean declared, String inferred) {
        byte[] bytes = ("{\"schemaVersion\":2,"
                        + (declared ? "\"mediaType\":\"" + mediaType + "\"," : "")
                        + "\"config\":{\"mediaType\":\"a/b\",\"size\":0,\"digest\":\"sha256:" + "0".repeat(64)
                        + "\"},\"layers\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        ManifestDocument document = ManifestDocument.parse(Manifest.of(mediaType, bytes));
        assertThat(document.declaredMediaType()).isEqualTo(ManifestDocument.declaredMediaType(bytes));
        assertThat(document.declaredMediaType().isPresent()).isEqualTo(declared);
        assertThat(document.inferredMediaType()).isEqualTo(ManifestDocument.inferMediaType(bytes));
        assertThat(document.inferredMediaType()).contains(inferred);
    }

    @Test
    void bytesThatAreNoTextDoNotTell() {
        assertThat(ManifestDocument.inferMediaType(new byte[] {(byte) 0xff})).isEmpty();
    }
}
