package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.MediaTypes;
import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void bytesThatAreNoTextDoNotTell() {
        assertThat(ManifestDocument.inferMediaType(new byte[] {(byte) 0xff})).isEmpty();
    }
}
