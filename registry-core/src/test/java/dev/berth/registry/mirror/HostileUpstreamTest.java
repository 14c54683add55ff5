package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an upstream registry can do to harm a mirror, its clients or other images. */
class HostileUpstreamTest {
    private static final Digest NOTHING = Digest.sha256(new byte[] {1});

    private static boolean is(RegistryRequest request, String method, String part) {
        return request.method().equals(method) && request.target().contains(part);
    }

    /** A body that never ends. */
    private record Endless(long size, AtomicLong sent) implements ResponseBody {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(size);
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            byte[] some = new byte[64 * 1024];
            while (true) {
                output.write(some);
                sent.addAndGet(some.length);
            }
        }
    }

    @Test
    void aHeadThatLiesHidesNoTag() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            setup.upstream.filter((request, next) -> is(request, "HEAD", "/manifests/latest")
                    ? next.handle(request).withHeader("Docker-Content-Digest", NOTHING.toString())
                    : next.handle(request));
            assertThat(setup.here().manifests().find(LATEST))
                    .map(Descriptor::digest)
                    .contains(NOTHING);

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(image);

            setup.clock.advance(Duration.ofDays(1));
            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(image);
        }
    }

    @Test
    void aTagThatMovesBetweenTheLookAndThePullIsFollowed() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest one = setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            Manifest two = setup.image(2, LATEST);
            setup.clock.advance(Duration.ofDays(1));
            setup.here().manifests().find(LATEST);
            Manifest three = setup.image(3, LATEST);
            setup.there().manifests().delete(two.digest());

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(three).isNotEqualTo(one);
        }
    }

    @Test
    void aPageForPeopleIsNoBlob() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            setup.here().manifests().get(LATEST);
            byte[] page = "<html>Log in</html>".getBytes(StandardCharsets.UTF_8);
            setup.upstream.filter((request, next) -> is(request, "GET", "/blobs/")
                    ? RegistryResponse.builder(200)
                            .header("Content-Type", "text/html")
                            .body(ResponseBody.of(page))
                            .build()
                    : next.handle(request));

            assertThatThrownBy(() -> Mirrored.read(setup.here(), layer))
                    .isInstanceOfAny(IOException.class, RegistryException.class);
            Mirrored.await(setup);
            assertThat(setup.local.repository(Mirrored.APP).blobs().find(layer)).isEmpty();

            setup.upstreamWorks();
            assertThat(Mirrored.read(setup.here(), layer)).hasSize(10_000);
        }
    }

    @Test
    void aBlobThatIsLargerThanTheDiskIsRefusedBeforeItComes() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            setup.here().manifests().get(LATEST);
            AtomicLong sent = new AtomicLong();
            setup.upstream.filter((request, next) -> is(request, "GET", "/blobs/")
                    ? next.handle(request).withBody(new Endless(1L << 58, sent))
                    : next.handle(request));

            assertThatThrownBy(() -> setup.here().blobs().open(layer))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("free some space");
            Mirrored.await(setup);
            assertThat(sent.get()).isLessThan(64 * 1024 * 1024);
            assertThat(setup.mirror.status().arriving()).isZero();
        }
    }

    @Test
    void aBlobThatIsLongerThanItsManifestSaysIsNotKeptBeyondTheBudget() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.budget(50_000))) {
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            setup.here().manifests().get(LATEST);
            byte[] other = Content.bytes(9, 200_000);
            setup.upstream.filter((request, next) -> is(request, "GET", "/blobs/")
                    ? RegistryResponse.builder(200).body(ResponseBody.of(other)).build()
                    : next.handle(request));

            assertThatThrownBy(() -> Mirrored.read(setup.here(), layer))
                    .isInstanceOfAny(IOException.class, RegistryException.class);
            Mirrored.await(setup);
            assertThat(setup.mirror.status().bytes()).isLessThan(10_000);
            assertThat(setup.noted.evicted).isEmpty();
        }
    }

    /** A tag that calls an index a companion of an image that this index has. */
    @Test
    void imagesThatGoWithEachOtherInACircleAreEvictedAllTheSame() throws Exception {
        try (Mirrored setup =
                new Mirrored(builder -> builder.bringReferrers(true).budget(25_000))) {
            Manifest child = setup.image(1);
            Manifest index = ImageIndex.of(List.of(child.descriptor().withPlatform(Platform.parse("linux/amd64"))))
                    .toManifest();
            setup.there()
                    .manifests()
                    .put(index, Tag.parse(child.digest().toString().replace(':', '-')));
            Mirrored.pull(setup.here(), child);
            Repository local = setup.local.repository(Mirrored.APP);
            Mirrored.await(() -> local.manifests().find(index.digest()).isPresent());
            Mirrored.await(setup);

            for (int i = 2; i < 6; i++) {
                setup.clock.advance(Duration.ofMinutes(1));
                Mirrored.pull(setup.here(), setup.image(i));
                Mirrored.await(setup);
                assertThat(setup.mirror.status().bytes()).isLessThanOrEqualTo(25_000);
            }

            assertThat(local.manifests().find(child.digest())).isEmpty();
            assertThat(local.manifests().find(index.digest())).isEmpty();
        }
    }

    @Test
    void anIndexOfAThousandImagesThatDoNotExistHarmsNobody() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.budget(1_000_000))) {
            List<Descriptor> children = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                children.add(Descriptor.of(
                                setup.image(1).mediaType(), Digest.sha256(Content.bytes(i, 10)), Integer.MAX_VALUE)
                        .withPlatform(Platform.parse("linux/amd64")));
            }
            byte[] json = ImageIndex.of(children).toManifest().bytes();
            Manifest index = Manifest.of("application/vnd.oci.image.index.v1+json", json);
            setup.upstream.filter((request, next) -> is(request, "GET", "/manifests/latest")
                    ? RegistryResponse.builder(200)
                            .header("Content-Type", index.mediaType())
                            .body(ResponseBody.of(json))
                            .build()
                    : next.handle(request));

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(index);

            setup.upstreamWorks();
            Mirrored.pull(setup.here(), setup.image(2));
            assertThat(setup.mirror.status().bytes()).isLessThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void aRefusalBehindTheFirstPageIsNoChallengeToTheClient() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.upstream.filter((request, next) -> is(request, "GET", "/tags/list")
                    ? request.target().contains("last")
                            ? RegistryResponse.builder(401)
                                    .header("WWW-Authenticate", "Basic realm=\"upstream\"")
                                    .build()
                            : RegistryResponse.builder(200)
                                    .header("Content-Type", "application/json")
                                    .header("Link", "</v2/team/app/tags/list?last=a>; rel=\"next\"")
                                    .body(ResponseBody.of("{\"name\":\"team/app\",\"tags\":[\"a\"]}"
                                            .getBytes(StandardCharsets.UTF_8)))
                                    .build()
                    : next.handle(request));

            assertThatThrownBy(() -> setup.here().tags().list().toList())
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                        assertThat(e.challenges()).isEmpty();
                    });
        }
    }

    @Test
    void referrersThatNeverEndAreReadAsFarAsAClientWants() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            AtomicLong pages = new AtomicLong();
            setup.upstream.filter((request, next) ->
                    is(request, "GET", "/referrers/") ? page(image, pages.incrementAndGet()) : next.handle(request));

            assertThat(setup.here().manifests().referrers(image.digest()).limit(10))
                    .hasSize(10);

            assertThat(pages.get()).isLessThan(50);
            assertThat(setup.mirror.status().images()).isZero();
        }
    }

    private static RegistryResponse page(Manifest subject, long number) {
        List<Descriptor> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(Descriptor.of(subject.mediaType(), Digest.sha256(Content.bytes(number * 100 + i, 10)), 10));
        }
        return RegistryResponse.builder(200)
                .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                .header("Link", "</v2/team/app/referrers/" + subject.digest() + "?page=" + number + ">; rel=\"next\"")
                .body(ResponseBody.of(ImageIndex.of(entries).toManifest().bytes()))
                .build();
    }

    /** An artifact with a thousand small blobs is brought with its subject, and not all of it. */
    @Test
    void whatComesWithAnImageIsLimited() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.bringReferrers(true))) {
            Manifest image = setup.image(1, LATEST);
            List<byte[]> many = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                many.add(Content.bytes(1000 + i, 10));
            }
            String tag = image.digest().toString().replace(':', '-');
            setup.image(2, many, Tag.parse(tag));

            setup.here().manifests().get(LATEST);
            Mirrored.await(() -> setup.asked("HEAD", ".sbom") == 1);

            assertThat(setup.asked("GET", "/blobs/")).isEqualTo(20);
        }
    }
}
