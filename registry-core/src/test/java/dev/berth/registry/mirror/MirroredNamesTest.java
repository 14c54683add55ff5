package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.fixtures.Content;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which repositories are mirrored, under which names, and what happens to the others. */
class MirroredNamesTest {
    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void whatIsNotAllowedIsDeniedWithOneEventAndNoTraffic() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.allow(List.of(NamePattern.parse("library/**"))))) {
            setup.image(1, LATEST);

            refused(
                    ErrorCode.DENIED,
                    "does not mirror",
                    () -> setup.here().manifests().get(LATEST));

            assertThat(setup.noted.refused).containsExactly(RepositoryName.parse(Mirrored.APP));
            assertThat(setup.upstream.requests()).isEmpty();
            refused(
                    ErrorCode.DENIED,
                    "does not mirror",
                    () -> setup.served().manifests().get(LATEST));
            assertThat(setup.noted.refused).hasSize(2);
        }
    }

    @Test
    void repositoriesAreMirroredBelowAPrefix() throws Exception {
        try (Mirrored setup = new Mirrored(builder ->
                builder.prefix(RepositoryName.parse("upstream.example")).allow(List.of(NamePattern.parse("team/*"))))) {
            Manifest image = setup.image(1, LATEST);
            Repository here = setup.mirror.repository("upstream.example/team/app");

            assertThat(here.manifests().get(LATEST)).isEqualTo(image);
            Mirrored.pull(here, image);

            assertThat(setup.upstream.lines()).allMatch(line -> line.contains("/v2/team/app/"));
            assertThat(setup.mirror.repositories().toList())
                    .containsExactly(RepositoryName.parse("upstream.example/team/app"));
        }
    }

    @Test
    void otherRepositoriesAreThoseOfTheLocalRegistry() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.repositories(List.of(NamePattern.parse("team/**"))))) {
            Repository ours = setup.mirror.repository("ours/app");
            Manifest image = Content.image(ours, 1);

            ours.manifests().put(image, LATEST);

            assertThat(setup.local.repository("ours/app").manifests().get(LATEST))
                    .isEqualTo(image);
            assertThat(setup.upstream.requests()).isEmpty();
            refused(
                    ErrorCode.MANIFEST_BLOB_UNKNOWN,
                    "push it first",
                    () -> setup.mirror.repository("ours/other").manifests().put(image, LATEST));
        }
    }

    @Test
    void pushesToMirroredRepositoriesAreRefused() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            byte[] bytes = {1, 2, 3};
            Digest digest = Digest.sha256(bytes);

            refused(
                    ErrorCode.UNSUPPORTED,
                    "mirror of another registry",
                    () -> setup.here().manifests().put(image, LATEST));
            refused(ErrorCode.UNSUPPORTED, "mirror", () -> setup.here().blobs().push(digest, BlobSource.of(bytes)));
            refused(ErrorCode.UNSUPPORTED, "mirror", () -> setup.here().blobs().startUpload());
            refused(
                    ErrorCode.UNSUPPORTED,
                    "mirror",
                    () -> setup.here().blobs().mount(digest, MountSource.from(RepositoryName.parse("a"))));
            refused(ErrorCode.UNSUPPORTED, "mirror", () -> setup.here().tags().put(LATEST, digest));
            refused(
                    ErrorCode.UNSUPPORTED,
                    "mirror",
                    () -> setup.served().blobs().push(digest, BlobSource.of(bytes)));
        }
    }

    @Test
    void aBlobOfAnotherRepositoryIsNotServedUnlessTheUpstreamRegistryHasItThereToo() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Mirrored.pull(setup.here(), image);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            Repository other = setup.mirror.repository("other/app");

            refused(ErrorCode.BLOB_UNKNOWN, "no blob", () -> other.blobs().open(layer));
            assertThat(other.blobs().find(layer)).isEmpty();
            refused(
                    ErrorCode.MANIFEST_UNKNOWN,
                    "no manifest",
                    () -> other.manifests().get(image.digest()));
        }
    }

    @Test
    void aBlobThatTwoRepositoriesHaveIsDownloadedOnce() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Repository there = setup.upstream.stored().repository("other/app");
            for (var blob : Mirrored.blobs(image)) {
                there.blobs().mount(blob.digest(), MountSource.from(RepositoryName.parse(Mirrored.APP)));
            }
            there.manifests().put(image, LATEST);
            Mirrored.pull(setup.here(), image);

            Repository other = setup.mirror.repository("other/app");
            Mirrored.pull(other, other.manifests().get(LATEST));

            assertThat(setup.asked("GET", "other/app/blobs/")).isZero();
            assertThat(setup.asked("HEAD", "other/app/blobs/")).isEqualTo(2);
        }
    }

    @Test
    void whatWasDeletedHereIsNotServedFromAnyMemory() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            setup.there().manifests().delete(image.digest());

            assertThat(setup.here().manifests().delete(image.digest()).deleted())
                    .isTrue();

            refused(
                    ErrorCode.MANIFEST_UNKNOWN,
                    "no manifest",
                    () -> setup.here().manifests().get(LATEST));
            refused(
                    ErrorCode.MANIFEST_UNKNOWN,
                    "no manifest",
                    () -> setup.here().manifests().get(image.digest()));
            assertThat(setup.mirror.status().bytes()).isZero();
        }
    }
}
