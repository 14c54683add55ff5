package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** For how long a tag is served without asking, and by what it is checked then. */
class TagFreshnessTest {
    private static Digest pulled(Mirrored setup) {
        return setup.here().manifests().get(LATEST).digest();
    }

    @Test
    void aFreshTagIsNotChecked() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofMinutes(5)))) {
            Manifest image = setup.image(1, LATEST);
            assertThat(pulled(setup)).isEqualTo(image.digest());
            int before = setup.upstream.requests().size();
            setup.clock.advance(Duration.ofMinutes(4));

            assertThat(pulled(setup)).isEqualTo(image.digest());
            assertThat(setup.here().tags().resolve(LATEST)).isPresent();
            assertThat(setup.upstream.requests()).hasSize(before);
        }
    }

    @Test
    void aTagThatIsNotFreshIsCheckedByHead() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofMinutes(5)))) {
            Manifest image = setup.image(1, LATEST);
            pulled(setup);
            setup.clock.advance(Duration.ofMinutes(6));

            assertThat(pulled(setup)).isEqualTo(image.digest());
            assertThat(pulled(setup)).isEqualTo(image.digest());

            assertThat(setup.asked("HEAD", "/manifests/latest")).isEqualTo(1);
            assertThat(setup.asked("GET", "/manifests/")).isEqualTo(1);
            assertThat(setup.noted.checked).containsExactly(LATEST);
            assertThat(setup.noted.stale).isEmpty();
        }
    }

    @Test
    void aTagWithoutATimeIsCheckedEachTime() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ZERO))) {
            setup.image(1, LATEST);
            pulled(setup);
            pulled(setup);
            pulled(setup);

            assertThat(setup.asked("HEAD", "/manifests/latest")).isEqualTo(2);
        }
    }

    @Test
    void aTagThatHasMovedIsFollowedAndWhatItNamedStays() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofMinutes(5)))) {
            Manifest old = setup.image(1, LATEST);
            pulled(setup);
            Manifest image = setup.image(2, LATEST);
            setup.clock.advance(Duration.ofMinutes(6));

            assertThat(pulled(setup)).isEqualTo(image.digest());
            assertThat(setup.local
                            .repository(Mirrored.APP)
                            .tags()
                            .resolve(LATEST)
                            .orElseThrow()
                            .digest())
                    .isEqualTo(image.digest());
            int before = setup.upstream.requests().size();
            assertThat(setup.here().manifests().get(old.digest())).isEqualTo(old);
            assertThat(setup.upstream.requests()).hasSize(before);
        }
    }

    @Test
    void aTagThatMovesBackIsFollowedWithoutDownload() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ZERO))) {
            Manifest old = setup.image(1, LATEST);
            pulled(setup);
            setup.image(2, LATEST);
            pulled(setup);
            setup.there().tags().put(LATEST, old.digest());
            long before = setup.asked("GET", "/manifests/");

            assertThat(pulled(setup)).isEqualTo(old.digest());
            assertThat(setup.asked("GET", "/manifests/")).isEqualTo(before);
        }
    }

    @Test
    void aHeadOfTheClientCostsAHeadAndTheManifestThatFollowsGetsItsTag() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);

            Digest found = setup.here().manifests().find(LATEST).orElseThrow().digest();
            assertThat(setup.asked("GET", "/manifests/")).isZero();
            setup.here().manifests().get(found);

            assertThat(setup.local
                            .repository(Mirrored.APP)
                            .tags()
                            .resolve(LATEST)
                            .orElseThrow()
                            .digest())
                    .isEqualTo(image.digest());
            assertThat(setup.asked("HEAD", "/manifests/")).isEqualTo(1);
            assertThat(setup.asked("GET", "/manifests/")).isEqualTo(1);
        }
    }

    @Test
    void aThousandPullsAtOnceCauseOneHead() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofMinutes(5)))) {
            Manifest image = setup.image(1, LATEST);
            pulled(setup);
            setup.clock.advance(Duration.ofMinutes(6));
            ExecutorService clients = Executors.newFixedThreadPool(32);
            List<Callable<Digest>> pulls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                pulls.add(() -> pulled(setup));
            }

            for (Future<Digest> pull : clients.invokeAll(pulls)) {
                assertThat(pull.get()).isEqualTo(image.digest());
            }
            clients.shutdown();

            assertThat(setup.asked("HEAD", "/manifests/latest")).isEqualTo(1);
        }
    }

    @Test
    void theFirstPatternThatMatchesDecides() throws Exception {
        Tag release = Tag.parse("v1");
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ZERO)
                .fresh(NamePattern.parse("other/**"), Duration.ZERO)
                .fresh(NamePattern.parse("team/*"), new TagPattern("v*"), Duration.ofDays(30)))) {
            setup.image(1, LATEST, release);
            setup.here().manifests().get(release);
            pulled(setup);
            setup.clock.advance(Duration.ofDays(29));

            setup.here().manifests().get(release);
            pulled(setup);

            assertThat(setup.asked("HEAD", "/manifests/v1")).isZero();
            assertThat(setup.asked("HEAD", "/manifests/latest")).isEqualTo(1);
        }
    }

    @Test
    void aTagThatIsGoneUpstreamIsGoneHere() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ZERO))) {
            Manifest image = setup.image(1, LATEST);
            pulled(setup);
            setup.there().tags().delete(LATEST);

            assertThatThrownBy(() -> pulled(setup))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN));
            assertThat(setup.here().manifests().get(image.digest())).isEqualTo(image);
        }
    }

    @Test
    void aTagThatIsGoneUpstreamIsKeptWhereThatIsWanted() throws Exception {
        try (Mirrored setup =
                new Mirrored(builder -> builder.fresh(Duration.ZERO).keepWhatIsGone(true))) {
            Manifest image = setup.image(1, LATEST);
            pulled(setup);
            setup.there().tags().delete(LATEST);

            assertThat(pulled(setup)).isEqualTo(image.digest());
            assertThat(setup.noted.stale)
                    .singleElement()
                    .extracting(StaleAnswer::reason)
                    .isEqualTo(StaleAnswer.Reason.GONE);
        }
    }

    @Test
    void aTagThatWasDeletedHereIsAskedForAnew() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofDays(1)))) {
            setup.image(1, LATEST);
            pulled(setup);
            Manifest image = setup.image(2, LATEST);

            assertThat(setup.here().tags().delete(LATEST)).isTrue();

            assertThat(pulled(setup)).isEqualTo(image.digest());
        }
    }
}
