package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What refers to an image comes with it, and is served with it when the upstream registry is gone. */
class MirroredReferrersTest {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static Mirrored bringing() throws IOException {
        return new Mirrored(builder -> builder.bringReferrers(true).fresh(FRESH));
    }

    private static Manifest signature(Mirrored setup, Manifest image, String note) {
        Manifest signature = Content.artifact(setup.there(), image, note);
        setup.there().manifests().put(signature);
        return signature;
    }

    private static List<Digest> listed(Mirrored setup, Manifest image) {
        return setup.here().manifests().referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
    }

    private static boolean isWholeHere(Mirrored setup, Manifest manifest) {
        var local = setup.local.repository(Mirrored.APP);
        return local.manifests().find(manifest.digest()).isPresent()
                && Mirrored.blobs(manifest).stream()
                        .allMatch(blob -> local.blobs().find(blob.digest()).isPresent());
    }

    @Test
    void referrersComeAfterTheirSubjectAndAreServedStale() throws Exception {
        try (Mirrored setup = bringing()) {
            Manifest image = setup.image(1, LATEST);
            Manifest signature = signature(setup, image, "signed");
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            Mirrored.await(() -> isWholeHere(setup, signature));
            setup.upstream.close();
            setup.clock.advance(Duration.ofDays(1));

            assertThat(listed(setup, image)).containsExactly(signature.digest());
            assertThat(setup.noted.stale)
                    .singleElement()
                    .extracting(StaleAnswer::reference)
                    .isEqualTo(image.digest().toString());
            Mirrored.pull(setup.here(), signature);
        }
    }

    @Test
    void theListSurvivesARestart() throws Exception {
        try (Mirrored setup = bringing()) {
            Manifest image = setup.image(1, LATEST);
            Manifest signature = signature(setup, image, "signed");
            setup.here().manifests().get(LATEST);
            Mirrored.await(() -> isWholeHere(setup, signature));
            setup.upstream.close();

            try (PullThrough restarted = setup.newMirror(builder -> builder)) {
                List<Descriptor> listed = restarted
                        .repository(Mirrored.APP)
                        .manifests()
                        .referrers(image.digest(), ReferrerFilter.ofArtifactType("application/vnd.example.note"))
                        .toList();

                assertThat(listed).hasSize(1);
                assertThat(listed.get(0).annotations()).containsEntry("note", "signed");
                assertThat(restarted
                                .repository(Mirrored.APP)
                                .manifests()
                                .referrers(image.digest(), ReferrerFilter.ofArtifactType("other"))
                                .toList())
                        .isEmpty();
            }
        }
    }

    @Test
    void aListIsAskedForAgainWhenItIsNotFresh() throws Exception {
        try (Mirrored setup = bringing()) {
            Manifest image = setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            Mirrored.await(() -> setup.asked("HEAD", ".sbom") == 1);
            assertThat(listed(setup, image)).isEmpty();
            Manifest signature = signature(setup, image, "later");
            assertThat(listed(setup, image)).isEmpty();

            setup.clock.advance(FRESH.plusSeconds(1));

            assertThat(listed(setup, image)).containsExactly(signature.digest());
            Mirrored.await(() -> isWholeHere(setup, signature));
        }
    }

    @Test
    void theFallbackTagAndCosignsComeToo() throws Exception {
        try (Mirrored setup = bringing()) {
            Manifest image = setup.image(1, LATEST);
            Manifest signature = Content.artifact(setup.there(), image, "signed");
            String tag = image.digest().toString().replace(':', '-');
            setup.there().manifests().put(signature, Tag.parse(tag + ".sig"));
            Manifest list = ImageIndex.of(List.of(signature.descriptor())).toManifest();
            setup.there().manifests().put(list, Tag.parse(tag));
            setup.here().manifests().get(LATEST);
            var local = setup.local.repository(Mirrored.APP);
            Mirrored.await(() -> local.tags().resolve(Tag.parse(tag + ".sig")).isPresent()
                    && local.tags().resolve(Tag.parse(tag)).isPresent()
                    && isWholeHere(setup, signature));
            setup.upstream.close();
            setup.clock.advance(Duration.ofDays(1));

            assertThat(setup.here().manifests().get(Tag.parse(tag))).isEqualTo(list);
            assertThat(setup.here().manifests().get(Tag.parse(tag + ".sig"))).isEqualTo(signature);
        }
    }

    @Test
    void referrersAreEvictedWithTheirSubject() throws Exception {
        try (Mirrored setup = new Mirrored(
                builder -> builder.bringReferrers(true).fresh(FRESH).budget(25_000))) {
            Manifest image = setup.image(1, LATEST);
            Manifest signature = signature(setup, image, "signed");
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            Mirrored.await(() -> isWholeHere(setup, signature));
            setup.clock.advance(Duration.ofMinutes(1));

            Mirrored.pull(setup.here(), setup.image(2));
            setup.clock.advance(Duration.ofMinutes(1));
            Mirrored.pull(setup.here(), setup.image(3));
            Mirrored.await(setup);

            assertThat(setup.noted.evicted).contains(image.digest()).doesNotContain(signature.digest());
            assertThat(setup.local.repository(Mirrored.APP).manifests().find(signature.digest()))
                    .isEmpty();
        }
    }

    @Test
    void aListThatNobodyHasIsNotAnEmptyOne() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            setup.upstream.filter(
                    (request, next) -> RegistryResponse.builder(500).build());

            assertThatThrownBy(() -> listed(setup, image))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }
}
