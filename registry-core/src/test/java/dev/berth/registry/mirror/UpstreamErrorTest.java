package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get of content that is not here while the upstream registry does not give it. */
class UpstreamErrorTest {
    private static final Digest BLOB = Digest.sha256(new byte[] {1});

    /** A way to ask for something. */
    private interface Ask {
        void of(Repository repository);
    }

    private static List<Ask> ways() {
        return List.of(
                repository -> repository.manifests().get(LATEST),
                repository -> repository.manifests().find(LATEST),
                repository -> repository.tags().resolve(LATEST),
                repository -> repository.manifests().get(BLOB),
                repository -> repository.manifests().find(BLOB),
                repository -> repository.blobs().open(BLOB).close(),
                repository -> repository.blobs().find(BLOB),
                repository -> repository.tags().list().toList(),
                repository -> repository.manifests().referrers(BLOB).toList());
    }

    private static RegistryException failure(Ask ask, Repository repository) {
        return catchThrowableOfType(RegistryException.class, () -> ask.of(repository));
    }

    @ParameterizedTest
    @CsvSource({
        "401, DENIED",
        "403, DENIED",
        "429, TOOMANYREQUESTS",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE"
    })
    void anErrorStaysOne(int status, ErrorCode expected) throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.upstreamAnswers(status, "Retry-After", "7");

            for (Ask ask : ways()) {
                RegistryException told = failure(ask, setup.here());

                assertThat(told).isNotNull();
                assertThat(told.code()).isEqualTo(expected);
                assertThat(told.isRemote()).isTrue();
                assertThat(told.challenges()).isEmpty();
                assertThat(told.retryAfter()).contains(Duration.ofSeconds(7));
                assertThat(told).hasMessageContaining("upstream registry");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"401, DENIED", "403, DENIED", "429, TOOMANYREQUESTS", "500, UNAVAILABLE"})
    void anErrorStaysOneOverHttp(int status, ErrorCode expected) throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.upstreamAnswers(status);

            for (Ask ask : ways()) {
                RegistryException told = failure(ask, setup.served());

                assertThat(told).isNotNull();
                assertThat(told.code()).isEqualTo(expected);
                assertThat(told.getMessage()).doesNotContain(setup.upstream.address());
            }
        }
    }

    @Test
    void aConnectionThatBreaksIsUnavailable() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.upstream.close();

            for (Ask ask : ways()) {
                assertThat(failure(ask, setup.here()).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
    }

    @Test
    void anUpstreamRegistryThatHangsIsUnavailable() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Mirrored setup = new Mirrored(
                builder -> builder.fetchDeadline(Duration.ofMillis(200)).checkDeadline(Duration.ofMillis(200)))) {
            setup.upstream.filter((request, next) -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return next.handle(request);
            });

            for (Ask ask : ways()) {
                assertThat(failure(ask, setup.here()).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            end.countDown();
        }
    }

    @Test
    void whatIsMissingIsRememberedForThirtySeconds() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Tag tag = Tag.parse("soon");
            assertThat(failure(repository -> repository.manifests().get(tag), setup.here())
                            .code())
                    .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
            assertThat(failure(repository -> repository.blobs().open(BLOB), setup.here())
                            .code())
                    .isEqualTo(ErrorCode.BLOB_UNKNOWN);
            assertThat(failure(repository -> repository.manifests().get(BLOB), setup.here())
                            .code())
                    .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
            Manifest image = setup.image(1, tag);
            int before = setup.upstream.requests().size();

            setup.clock.advance(Duration.ofSeconds(29));
            assertThat(failure(repository -> repository.manifests().get(tag), setup.here())
                            .code())
                    .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
            assertThat(setup.here().manifests().find(tag)).isEmpty();
            assertThat(setup.here().blobs().find(BLOB)).isEmpty();
            assertThat(failure(repository -> repository.blobs().open(BLOB), setup.here())
                            .code())
                    .isEqualTo(ErrorCode.BLOB_UNKNOWN);
            assertThat(setup.upstream.requests()).hasSize(before);

            setup.clock.advance(Duration.ofSeconds(2));
            assertThat(setup.here().manifests().get(tag)).isEqualTo(image);
        }
    }

    @Test
    void aPoisonedManifestIsNeitherServedNorKept() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Manifest other = setup.image(2);
            setup.upstream.filter((request, next) -> {
                if (request.target().endsWith("/manifests/" + image.digest())) {
                    return next.handle(request.toBuilder()
                            .target("/v2/team/app/manifests/" + other.digest())
                            .build());
                }
                return next.handle(request);
            });

            RegistryException told =
                    failure(repository -> repository.manifests().get(image.digest()), setup.here());

            assertThat(told.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(setup.local.repository(Mirrored.APP).manifests().find(image.digest()))
                    .isEmpty();
        }
    }

    @Test
    void aManifestThatIsTooStrangeToKeepIsServed() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.image(1, LATEST);
            setup.upstream.filter((request, next) -> {
                if (request.target().endsWith("/manifests/old")) {
                    byte[] schemaOne =
                            "{\"schemaVersion\":1,\"name\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    return dev.berth.registry.server.RegistryResponse.builder(200)
                            .header("Content-Type", "application/vnd.docker.distribution.manifest.v1+json")
                            .body(dev.berth.registry.server.ResponseBody.of(schemaOne))
                            .build();
                }
                return next.handle(request);
            });

            assertThat(setup.here().manifests().get(Tag.parse("old")).size()).isPositive();
            assertThat(setup.mirror.status().images()).isZero();
        }
    }

    @Test
    void anIoExceptionOfTheUpstreamServerIsNotA404() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.upstream.filter((request, next) -> {
                throw new IOException("broken");
            });

            for (Ask ask : ways()) {
                assertThat(failure(ask, setup.here()).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
    }
}
