package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpaqueManifestTest {
    private static final String TYPE = "application/vnd.example.thing+json";

    private static ManifestDocument parse(String body) {
        return ManifestDocument.parse(Manifest.of(TYPE, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anythingGoesAndHasNoFields() {
        Cases.of("", "plain text", "[1]", "{", "{\"a\":1,\"a\":2}", "{\"subject\":3,\"annotations\":[]}")
                .check(body -> {
                    ManifestDocument document = parse(body);

                    assertThat(document).isInstanceOf(OpaqueManifest.class);
                    assertThat(document.mediaType()).isEqualTo(TYPE);
                    assertThat(document.subject()).isEmpty();
                    assertThat(document.artifactType()).isEmpty();
                    assertThat(document.annotations()).isEmpty();
                    assertThat(document.toManifest().bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        byte[] bytes = {0, (byte) 0xff, 1};
        assertThat(ManifestDocument.parse(Manifest.of(TYPE, bytes)).toManifest().bytes())
                .isEqualTo(bytes);
    }

    @Test
    void theCommonFieldsAreReadWhereTheyHaveTheirUsualForm() {
        Digest digest = Digest.sha256(new byte[0]);
        ManifestDocument document = parse("{\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"v\"},"
                + "\"subject\":{\"mediaType\":\"m/n\",\"digest\":\"" + digest + "\",\"size\":0}}");

        assertThat(document.artifactType()).contains("a/b");
        assertThat(document.annotations()).containsExactly(Map.entry("k", "v"));
        assertThat(document.subject()).contains(Descriptor.of("m/n", digest, 0));
    }

    @Test
    void aFieldOfAnotherFormDoesNotHideTheOthers() {
        ManifestDocument document = parse("{\"artifactType\":\"a/b\",\"annotations\":{\"k\":1},\"subject\":{}}");

        assertThat(document.artifactType()).contains("a/b");
        assertThat(document.annotations()).isEmpty();
        assertThat(document.subject()).isEmpty();
    }
}
