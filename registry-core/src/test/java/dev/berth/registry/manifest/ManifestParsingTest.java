package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestParsingTest {
    private static final Digest HELLO = Digest.sha256("hello".getBytes(StandardCharsets.UTF_8));
    private static final String CONFIG = descriptor("application/vnd.oci.image.config.v1+json");
    private static final String LAYER = descriptor("application/vnd.oci.image.layer.v1.tar+gzip");

    private static String descriptor(String mediaType) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + HELLO + "\",\"size\":5}";
    }

    private static String imageBody(String more) {
        return "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[" + LAYER + "]" + more + "}";
    }

    private static String indexBody(String more) {
        return "{\"schemaVersion\":2,\"manifests\":[" + descriptor(MediaTypes.OCI_MANIFEST) + "]" + more + "}";
    }

    private static Manifest manifest(String mediaType, String body) {
        return Manifest.of(mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageManifest image(String more) {
        return (ImageManifest) ManifestDocument.parse(manifest(MediaTypes.OCI_MANIFEST, imageBody(more)));
    }

    private static ImageIndex index(String body) {
        return (ImageIndex) ManifestDocument.parse(manifest(MediaTypes.OCI_INDEX, body));
    }

    private static void assertInvalid(Manifest manifest, String... inMessage) {
        assertThatThrownBy(() -> ManifestDocument.parse(manifest))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
                    assertThat(e.getMessage())
                            .contains(inMessage)
                            .contains(manifest.digest().toString());
                });
    }

    @Test
    void anImageManifestHasItsConfigAndItsLayers() {
        ImageManifest image = image(",\"annotations\":{\"b\":\"1\",\"a\":\"2\"}");

        assertThat(image.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.config()).isEqualTo(Descriptor.of(MediaTypes.OCI_CONFIG, HELLO, 5));
        assertThat(image.layers()).containsExactly(Descriptor.of(MediaTypes.OCI_LAYER_TAR_GZIP, HELLO, 5));
        assertThat(image.annotations()).containsExactly(Map.entry("b", "1"), Map.entry("a", "2"));
        assertThat(image.subject()).isEmpty();
    }

    @Test
    void anIndexHasItsManifestsWithTheirPlatforms() {
        ImageIndex index = index("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"m/n\",\"digest\":\"" + HELLO
                + "\",\"size\":5,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\","
                + "\"os.version\":\"1\",\"os.features\":[\"x\"]}}]}");

        assertThat(index.manifests())
                .containsExactly(Descriptor.of("m/n", HELLO, 5)
                        .withPlatform(
                                new Platform("linux", "arm64", Optional.of("v8"), Optional.of("1"), List.of("x"))));
    }

    @Test
    void dockersManifestAndListAreTheSameKinds() {
        String image = imageBody(",\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\"");
        String list = indexBody(",\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST_LIST + "\"");

        assertThat(ManifestDocument.parse(manifest(MediaTypes.DOCKER_MANIFEST, image)))
                .isInstanceOf(ImageManifest.class);
        assertThat(ManifestDocument.parse(manifest(MediaTypes.DOCKER_MANIFEST_LIST, list)))
                .isInstanceOf(ImageIndex.class);
    }

    @Test
    void theArtifactTypeOfAnImageIsThatOfItsConfigUnlessItHasItsOwn() {
        assertThat(image("").artifactType()).contains(MediaTypes.OCI_CONFIG);
        assertThat(image(",\"artifactType\":\"\"").artifactType()).contains(MediaTypes.OCI_CONFIG);
        assertThat(image(",\"artifactType\":\"a/b\"").artifactType()).contains("a/b");
    }

    @Test
    void theArtifactTypeOfAnIndexIsOnlyItsOwn() {
        assertThat(index(indexBody("")).artifactType()).isEmpty();
        assertThat(index(indexBody(",\"artifactType\":\"a/b\"")).artifactType()).contains("a/b");
    }

    @Test
    void aSubjectIsADescriptor() {
        assertThat(image(",\"subject\":" + descriptor(MediaTypes.OCI_MANIFEST)).subject())
                .contains(Descriptor.of(MediaTypes.OCI_MANIFEST, HELLO, 5));
        assertInvalid(
                manifest(MediaTypes.OCI_MANIFEST, imageBody(",\"subject\":{\"mediaType\":\"a/b\",\"size\":5}")),
                "subject.digest is missing");
    }

    @Test
    void emptyListsAreFineAndNullIsAnEmptyListInGo() {
        assertThat(index("{\"schemaVersion\":2,\"manifests\":[]}").manifests()).isEmpty();
        assertThat(index("{\"schemaVersion\":2,\"manifests\":null}").manifests())
                .isEmpty();
        assertThat(((ImageManifest) ManifestDocument.parse(
                                manifest(MediaTypes.OCI_MANIFEST, "{\"config\":" + CONFIG + ",\"layers\":[]}")))
                        .layers())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| config is missing",
                "{'config':null,'layers':[]}| config is missing",
                "{'config':C}| layers is missing",
                "{'config':C,'layers':{}}| layers must be an array, not an object",
                "{'config':C,'layers':[L,3]}| layers[1] must be an object, not the number 3",
                "{'config':C,'layers':[L,{'mediaType':'a/b','size':1}]}| layers[1].digest is missing",
                "{'config':C,'layers':[{'mediaType':'a/b','size':1,'digest':'md5:00'}]}| layers[0].digest is not valid",
                "{'config':C,'layers':[],'schemaVersion':1}| schemaVersion must be 2, not 1",
                "{'config':C,'layers':[],'schemaVersion':'2'}| schemaVersion must be a whole number",
                "{'config':C,'layers':[],'mediaType':'a/b'}| mediaType is 'a/b', but the manifest was sent as",
                "{'config':C,'layers':[],'manifests':[]}| manifests must not be in an image manifest",
                "{'config':C,'layers':[],'annotations':{'k':1}}| annotations['k'] must be a string, not the number 1",
                "{'config':C,'layers':[],'annotations':{'k':null}}| annotations['k'] must be a string, not null",
                "{'config':C,'layers':[],'artifactType':[]}| artifactType must be a string, not an array",
                "{'config':C,'layers':[],'layers':[L]}| it is not valid JSON: Duplicate field 'layers'",
                "{'config':C,'layers':[],'Layers':[L]}| Layers must be spelled layers",
                "{'config':C| it is not valid JSON: Unexpected end-of-input: expected close marker for Object (line 1",
                "{'config':C,'layers':[}]| expected ']' should be (line 1",
                "{'config':C,'layers':[]} x| it is not valid JSON",
                "[]| must be an object, not an array",
                "2| it must be an object, not the number 2",
            })
    void anImageManifestThatIsNoneIsRefusedByTheNameOfTheField(String body, String message) {
        String json = body.replace('\'', '"').replace("C", CONFIG).replace("[L", "[" + LAYER);
        assertInvalid(manifest(MediaTypes.OCI_MANIFEST, json), message);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertInvalid(manifest(MediaTypes.OCI_MANIFEST, ""), "it is empty");
        assertInvalid(manifest(MediaTypes.OCI_INDEX, "  \n"), "it is empty");
    }

    @Test
    void anIndexThatIsAlsoAnImageIsRefused() {
        Cases.of("config", "layers").check(field -> {
            String both = indexBody(",\"" + field + "\":" + (field.equals("config") ? CONFIG : "[" + LAYER + "]"));
            assertInvalid(manifest(MediaTypes.OCI_INDEX, both), field + " must not be in an index");
            assertInvalid(manifest(MediaTypes.DOCKER_MANIFEST_LIST, both), field + " must not be in an index");
        });
    }

    @Test
    void anIndexWithoutManifestsIsRefused() {
        assertInvalid(manifest(MediaTypes.OCI_INDEX, "{\"schemaVersion\":2}"), "manifests is missing");
    }

    @Test
    void schema1IsRefusedWithAnAdvice() {
        Cases.of(MediaTypes.DOCKER_MANIFEST_SCHEMA1, MediaTypes.DOCKER_MANIFEST_SCHEMA1_SIGNED)
                .check(mediaType -> {
                    assertInvalid(manifest(mediaType, "{\"schemaVersion\":1}"), "schema 1", "push the image again");
                });
    }

    @Test
    void theDetailOfTheErrorNamesTheField() {
        Manifest manifest = manifest(MediaTypes.OCI_MANIFEST, imageBody(",\"subject\":{}"));

        assertThatThrownBy(() -> ManifestDocument.parse(manifest))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.errors().get(0).detail())
                                .containsEntry("field", "subject.mediaType")
                                .containsEntry("digest", manifest.digest().toString()));
    }
}
