package dev.berth.registry.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lists of the console follow the registry")
class CatalogTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final Tag TWO = Tag.parse("2");
    private static final long MUCH = 1_000_000;

    private final MemoryObjectStore objects = MemoryObjectStore.create();
    private final SampleImages images = new SampleImages(7);
    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final InstantSource clock = () -> now;

    /** A node: its registry, whose events its catalogue hears. */
    private final class Node {
        final NodeStore store = new NodeStore(objects);
        final StorageRegistry engine = StorageRegistry.over(store);
        final Catalog catalog = Catalog.over(engine, store, MUCH, clock);
        final List<RegistryEvent> unheard = new ArrayList<>();
        boolean deaf;
        final Registry registry = Observed.of(engine, EventContext.none(), EventQueue.of(this::hear, Runnable::run));

        private void hear(RegistryEvent event) {
            if (deaf) {
                unheard.add(event);
            } else {
                catalog.onEvent(event);
            }
        }

        int tags() {
            return catalog.cards().of(APP).map(RepositoryCard::tags).orElse(0);
        }
    }

    @Test
    void whatIsPushedAndDeletedIsSeenAtTheNextLook() {
        Node node = new Node();
        Manifest first = images.image(node.registry.repository(APP), List.of(1_000), ONE);
        images.image(node.registry.repository(APP), List.of(3_000, 500), TWO);

        node.catalog.refresh();

        assertThat(node.tags()).isEqualTo(2);
        RepositoryRecord record = node.catalog.of(APP);
        ImageSummary image = record.image(ONE).orElseThrow();
        assertThat(image.digest()).isEqualTo(first.digest());
        assertThat(image.kind()).isEqualTo(ImageKind.IMAGE);
        assertThat(image.platforms()).containsExactly("linux/amd64");
        assertThat(image.size()).isGreaterThan(1_000);
        assertThat(image.pushed()).isPresent();

        node.registry.repository(APP).tags().delete(TWO);
        node.catalog.refresh();
        assertThat(node.catalog.of(APP).tags()).containsOnlyKeys(ONE);

        node.registry.repository(APP).manifests().delete(first.digest());
        node.catalog.refresh();
        assertThat(node.catalog.cards().of(APP)).isEmpty();
    }

    @Test
    void aTagThatMovesNamesItsNewImage() {
        Node node = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.catalog.refresh();
        Manifest second = images.image(node.registry.repository(APP), List.of(2_000), ONE);
        node.catalog.refresh();

        assertThat(node.catalog.of(APP).tags()).containsEntry(ONE, second.digest());
        assertThat(node.catalog.of(APP).images()).containsOnlyKeys(second.digest());
    }

    @Test
    void anIndexHasThePlatformsAndTheSizeOfItsImages() {
        Node node = new Node();
        images.index(
                node.registry.repository(APP),
                List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")),
                ONE);
        node.catalog.refresh();

        ImageSummary index = node.catalog.of(APP).image(ONE).orElseThrow();
        assertThat(index.kind()).isEqualTo(ImageKind.INDEX);
        assertThat(index.platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(index.size()).isGreaterThan(4_000);
    }

    @Test
    void anImageWhoseConfigurationIsNoneIsBrokenAndTheOthersAreNot() {
        Node node = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        Manifest broken = Manifest.of(
                MediaTypes.OCI_INDEX,
                new String(ImageIndex.of(List.of()).toManifest().bytes(), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8));
        node.registry.repository(APP).manifests().put(broken, TWO);
        node.catalog.refresh();

        assertThat(node.catalog.of(APP).image(ONE).orElseThrow().kind()).isEqualTo(ImageKind.IMAGE);
        assertThat(node.catalog.of(APP).image(TWO).orElseThrow().platforms()).isEmpty();
    }

    @Test
    void aNodeThatStartsReadsWhatOthersHaveWritten() {
        Node node = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.catalog.refresh();

        Node later = new Node();
        assertThat(later.tags()).isZero();
        later.catalog.refresh();
        assertThat(later.tags()).isEqualTo(1);
    }

    @Test
    void anotherNodeLearnsOfAChangeWithoutLookingAtAllRepositories() {
        Node node = new Node();
        Node other = new Node();
        images.image(node.registry.repository("other/app"), List.of(1_000), ONE);
        node.catalog.refresh();
        other.catalog.refresh();

        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.catalog.refresh();
        now = now.plus(Duration.ofSeconds(20));
        other.store.calls.clear();
        other.catalog.refresh();

        assertThat(other.tags()).isEqualTo(1);
        assertThat(other.store.calls.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .as("calls: %s", other.store.calls)
                .isLessThanOrEqualTo(4);
    }

    @Test
    void changesOnTwoNodesAtTheSameTimeAreBothSeen() {
        Node node = new Node();
        Node other = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        images.image(other.registry.repository(APP), List.of(2_000), TWO);
        node.catalog.refresh();
        other.catalog.refresh();

        assertThat(node.catalog.of(APP).tags()).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void whatACrashLeftUndoneIsFoundByARebuild() {
        Node node = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.catalog.refresh();
        node.deaf = true;
        images.image(node.registry.repository(APP), List.of(1_000), TWO);
        images.image(node.registry.repository("new/app"), List.of(1_000), ONE);
        node.catalog.refresh();
        assertThat(node.tags()).isEqualTo(1);
        assertThat(node.unheard).isNotEmpty();

        node.catalog.rebuild();

        assertThat(node.tags()).isEqualTo(2);
        assertThat(node.catalog.cards().all()).hasSize(2);
    }

    @Test
    void aRebuildTellsOtherNodesOfManyRepositoriesAtOnce() {
        Node node = new Node();
        for (int i = 0; i < 5; i++) {
            images.image(node.registry.repository("app-" + i), List.of(10), ONE);
        }
        node.store.calls.clear();

        node.catalog.rebuild();

        assertThat(node.store.calls.get("put"))
                .as("five records, and one entry")
                .isEqualTo(6);
        assertThat(node.catalog.cards().all()).hasSize(5);
    }

    @Test
    void aRecordThatIsDamagedIsMadeAgain() throws Exception {
        Node node = new Node();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.catalog.refresh();
        var key = ObjectKey.of("_berth/console/repositories/team.app");
        assertThat(objects.stat(key)).isPresent();
        var unused = objects.put(key, "{".getBytes(StandardCharsets.UTF_8), PutCondition.always());

        assertThat(node.catalog.of(APP).tags()).containsOnlyKeys(ONE);
        assertThat(new Node().catalog.of(APP).tags()).containsOnlyKeys(ONE);
    }

    @Test
    void aStoreThatFailsForAWhileLosesNoChange() {
        Node node = new Node();
        node.catalog.refresh();
        images.image(node.registry.repository(APP), List.of(1_000), ONE);
        node.store.fail(true);
        try {
            node.catalog.refresh();
        } catch (RegistryException expected) {
            assertThat(expected.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
        node.store.fail(false);

        node.catalog.refresh();

        assertThat(node.tags()).isEqualTo(1);
    }

    @Test
    void readingARepositoryCostsOneReadHoweverManyTagsItHas() {
        Node node = new Node();
        for (int i = 0; i < 50; i++) {
            images.image(node.registry.repository(APP), List.of(10), Tag.parse("t" + i));
        }
        node.catalog.refresh();
        node.store.calls.clear();

        assertThat(node.catalog.of(APP).tags()).hasSize(50);

        assertThat(node.store.calls.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void textsAreBounded() {
        Node node = new Node();
        Cards cards = new Cards(100);
        for (int i = 0; i < 10; i++) {
            cards.put(new RepositoryCard(
                    RepositoryName.parse("app-" + i), "d".repeat(30), "w".repeat(30), 1, 1, Optional.empty()));
        }

        assertThat(cards.all()).hasSize(10);
        assertThat(cards.all().stream().filter(card -> card.description().isEmpty()))
                .hasSizeGreaterThan(5);
        assertThat(node.tags()).isZero();
    }
}
