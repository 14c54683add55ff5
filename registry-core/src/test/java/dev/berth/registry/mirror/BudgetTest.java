package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A mirror holds no more than its budget, and gives up first what was not used for longest. */
class BudgetTest {
    private static final int LAYER = 10_000;

    private static Mirrored withBudget(long bytes) throws IOException {
        return new Mirrored(builder -> builder.budget(bytes));
    }

    private static boolean isHere(Mirrored setup, Manifest image) {
        Repository repository = setup.local.repository(Mirrored.APP);
        return repository.manifests().find(image.digest()).isPresent();
    }

    private static boolean isHere(Mirrored setup, Digest blob) {
        return setup.local.repository(Mirrored.APP).blobs().find(blob).isPresent();
    }

    private static void pull(Mirrored setup, Manifest image) throws Exception {
        Mirrored.pull(setup.here(), image);
        setup.clock.advance(Duration.ofSeconds(1));
        Mirrored.await(setup);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws Exception {
        try (Mirrored setup = withBudget(35_000)) {
            Manifest one = setup.image(1);
            Manifest two = setup.image(2);
            Manifest three = setup.image(3);
            Manifest four = setup.image(4);
            pull(setup, one);
            pull(setup, two);
            pull(setup, three);
            pull(setup, one);

            pull(setup, four);

            assertThat(setup.noted.evicted).containsExactly(two.digest());
            assertThat(isHere(setup, two)).isFalse();
            assertThat(isHere(setup, Mirrored.blobs(two).get(1).digest())).isFalse();
            assertThat(List.of(one, three, four)).allMatch(image -> isHere(setup, image));
        }
    }

    @Test
    void aBlobThatAnotherImageNeedsStays() throws Exception {
        byte[] base = Content.bytes(100, LAYER);
        try (Mirrored setup = withBudget(45_000)) {
            Manifest one = setup.image(1, List.of(base, Content.bytes(1, LAYER)));
            Manifest two = setup.image(2, List.of(base, Content.bytes(2, LAYER)));
            Manifest three = setup.image(3);
            Manifest four = setup.image(4);
            pull(setup, one);
            pull(setup, two);
            pull(setup, three);
            assertThat(setup.noted.evicted).isEmpty();

            pull(setup, four);

            assertThat(setup.noted.evicted).containsExactly(one.digest());
            assertThat(isHere(setup, Digest.sha256(base))).isTrue();
            assertThat(isHere(setup, Digest.sha256(Content.bytes(1, LAYER)))).isFalse();
            int before = setup.upstream.requests().size();
            Mirrored.pull(setup.here(), two);
            assertThat(setup.upstream.requests()).hasSize(before);
        }
    }

    @Test
    void anIndexGoesWithItsPlatforms() throws Exception {
        try (Mirrored setup = withBudget(35_000)) {
            Manifest amd = setup.image(1);
            Manifest arm = setup.image(2);
            Manifest index = ImageIndex.of(List.of(
                            amd.descriptor().withPlatform(Platform.parse("linux/amd64")),
                            arm.descriptor().withPlatform(Platform.parse("linux/arm64"))))
                    .toManifest();
            setup.there().manifests().put(index, LATEST);
            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(index);
            pull(setup, amd);
            setup.clock.advance(Duration.ofSeconds(1));
            Manifest three = setup.image(3);
            Manifest four = setup.image(4);
            Manifest five = setup.image(5);
            pull(setup, three);
            pull(setup, four);

            pull(setup, five);

            assertThat(setup.noted.evicted).containsExactly(index.digest());
            assertThat(isHere(setup, index)).isFalse();
            assertThat(isHere(setup, amd)).isFalse();
            assertThat(setup.local.repository(Mirrored.APP).tags().resolve(LATEST))
                    .isEmpty();
        }
    }

    @Test
    void whoReadsWhatIsEvictedReadsItToItsEnd() throws Exception {
        try (Mirrored setup = withBudget(25_000)) {
            Manifest one = setup.image(1);
            pull(setup, one);
            Digest layer = Mirrored.blobs(one).get(1).digest();
            try (BlobContent content = setup.here().blobs().open(layer)) {
                content.stream().readNBytes(100);
                pull(setup, setup.image(2));
                pull(setup, setup.image(3));
                assertThat(isHere(setup, layer)).isFalse();

                assertThat(content.stream().readAllBytes()).hasSize(LAYER - 100);
            }
            assertThat(Mirrored.read(setup.here(), layer)).hasSize(LAYER);
        }
    }

    @Test
    void anImageThatIsLargerThanTheBudgetIsServedAndNotKept() throws Exception {
        try (Mirrored setup = withBudget(25_000)) {
            Manifest small = setup.image(1);
            pull(setup, small);
            Manifest large =
                    setup.image(2, List.of(Content.bytes(3, LAYER), Content.bytes(4, LAYER), Content.bytes(5, LAYER)));

            pull(setup, large);

            assertThat(setup.mirror.status().bytes()).isLessThanOrEqualTo(25_000);
            assertThat(isHere(setup, small)).isTrue();
            assertThat(isHere(setup, Digest.sha256(Content.bytes(3, LAYER)))).isFalse();
        }
    }

    @Test
    void whatWasPushedHereIsNeverEvicted() throws Exception {
        try (Mirrored setup =
                new Mirrored(builder -> builder.budget(25_000).repositories(List.of(NamePattern.parse("team/**"))))) {
            Repository ours = setup.mirror.repository("ours/app");
            Manifest pushed = Content.image(ours, 50);
            ours.manifests().put(pushed, LATEST);

            for (int i = 1; i <= 10; i++) {
                pull(setup, setup.image(i));
            }

            assertThat(Mirrored.pull(setup.mirror.repository("ours/app"), pushed))
                    .isPositive();
        }
    }

    @Test
    void manyImagesThroughATenthOfTheirSize() throws Exception {
        long budget = 6 * 10_800;
        try (Mirrored setup = withBudget(budget)) {
            List<Manifest> images = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                images.add(setup.image(i));
            }
            for (int round = 0; round < 2; round++) {
                for (Manifest image : images) {
                    pull(setup, image);
                    assertThat(setup.mirror.status().bytes()).isLessThanOrEqualTo(budget);
                }
            }
            assertThat(setup.mirror.status().images()).isBetween(4, 6);

            collect(setup);

            assertThat(data(setup)).isEqualTo(expected(setup, images));
        }
    }

    private static void collect(Mirrored setup) {
        CollectionOptions options = CollectionOptions.builder()
                .clock(setup.clock)
                .nanoTime(() ->
                        Duration.between(Instant.EPOCH, setup.clock.instant()).toNanos())
                .pause(setup.clock::advance)
                .build();
        try (Collector collector = Collector.over(setup.store, options)) {
            collector.complete(CollectionScope.EVERYTHING);
        }
    }

    private static Set<String> data(Mirrored setup) throws IOException {
        Set<String> keys = new HashSet<>();
        ListRequest request = ListRequest.tree(Keys.BLOBS);
        for (ListPage page = setup.store.list(request); ; page = setup.store.list(request)) {
            keys.addAll(page.names());
            if (page.last()) {
                return keys;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    private static Set<String> expected(Mirrored setup, List<Manifest> images) {
        Set<String> keys = new HashSet<>();
        for (Manifest image : images) {
            if (isHere(setup, image)) {
                keys.add(Keys.data(image.digest()).value());
                for (Descriptor blob : Mirrored.blobs(image)) {
                    keys.add(Keys.data(blob.digest()).value());
                }
            }
        }
        return keys;
    }

    @Test
    void afterARestartTheRecordsSayWhatIsThereAndWhenItWasUsed() throws Exception {
        try (Mirrored setup = withBudget(35_000)) {
            Manifest one = setup.image(1);
            Manifest two = setup.image(2);
            Manifest three = setup.image(3);
            pull(setup, one);
            pull(setup, two);
            pull(setup, three);
            pull(setup, one);
            setup.mirror.maintain();
            MirrorStatus before = setup.mirror.status();

            try (PullThrough restarted = setup.newMirror(builder -> builder.budget(35_000))) {
                assertThat(restarted.status()).isEqualTo(before);
                setup.clock.advance(Duration.ofMinutes(1));
                Mirrored.pull(restarted.repository(Mirrored.APP), setup.image(4));

                assertThat(setup.noted.evicted).containsExactly(two.digest());
            }
        }
    }

    @Test
    void nodesThatBringAtTheSameTimeExceedTheBudgetByAFewImages() throws Exception {
        long budget = 30 * 10_800;
        try (Mirrored setup = withBudget(budget);
                PullThrough second = setup.newMirror(builder -> builder.budget(budget));
                PullThrough third = setup.newMirror(builder -> builder.budget(budget))) {
            List<PullThrough> nodes = List.of(setup.mirror, second, third);
            for (int i = 0; i < 150; i++) {
                PullThrough node = nodes.get(i % nodes.size());
                Mirrored.pull(node.repository(Mirrored.APP), setup.image(i));
                setup.clock.advance(Duration.ofSeconds(1));
                Mirrored.await(() -> node.status().downloads() == 0);
                // No node has brought more than a twentieth of the budget, and an image, that the others do not know.
                assertThat(heldInStore(setup)).isLessThanOrEqualTo(budget + 3 * (budget / 20 + 10_800));
            }
        }
    }

    private static long heldInStore(Mirrored setup) {
        try (PullThrough fresh = setup.newMirror(builder -> builder)) {
            return fresh.status().bytes();
        }
    }

    @Test
    void aBlobWhoseOtherHolderIsEvictedWhileItArrivesIsCountedAllTheSame() {
        ShelfState state = new ShelfState();
        Digest blob = Digest.sha256(new byte[] {1});
        ImageId one = new ImageId(RepositoryName.parse("one"), blob);
        ImageId other = new ImageId(RepositoryName.parse("other"), blob);
        state.addBlob(one, 100);
        state.begin(other, 100);
        assertThat(state.bytes() + state.arrivingBytes()).isEqualTo(100);

        state.removeBlob(one);
        assertThat(state.bytes() + state.arrivingBytes()).isEqualTo(100);

        state.end(other);
        state.addBlob(other, 100);
        assertThat(state.bytes() + state.arrivingBytes()).isEqualTo(100);
    }

    @Test
    void aNodeLearnsWhatAnotherOneHasBrought() throws Exception {
        try (Mirrored setup = withBudget(1_000_000);
                PullThrough other = setup.newMirror(builder -> builder.budget(1_000_000))) {
            pull(setup, setup.image(1));
            assertThat(other.status().images()).isEqualTo(1);
            pull(setup, setup.image(2));

            setup.clock.advance(Duration.ofMinutes(11));
            other.maintain();

            assertThat(other.status()).isEqualTo(setup.mirror.status());
        }
    }

    @Test
    void manyFlushesAreMerged() throws Exception {
        try (Mirrored setup = withBudget(1_000_000)) {
            Manifest image = setup.image(1);
            for (int i = 0; i < 50; i++) {
                pull(setup, image);
                setup.clock.advance(Duration.ofMinutes(11));
                setup.mirror.maintain();
            }

            assertThat(setup.store
                            .list(ListRequest.tree(ShelfRecords.below("default", "used")))
                            .names())
                    .hasSizeLessThan(25);
        }
    }
}
