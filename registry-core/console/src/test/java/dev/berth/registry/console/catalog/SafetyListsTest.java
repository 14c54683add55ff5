package dev.berth.registry.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What lists show of the safety of images is found out once, and again when there is something new")
class SafetyListsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    private final SettableClock clock = new SettableClock();
    private final MemoryObjectStore store = MemoryObjectStore.builder().clock(clock).build();
    private final StorageRegistry engine = StorageRegistry.over(store);
    private final Catalog catalog = Catalog.over(engine, store, 1_000_000, clock);
    private final SafetyLists lists = SafetyLists.over(engine, store, catalog, clock);
    private final SampleImages images = new SampleImages(4);
    private final List<Digest> asked = new ArrayList<>();
    private final Map<Digest, ImageSafety> truth = new HashMap<>();
    private HostedRegistry hosted;
    private Repository repository;

    private static ImageSafety safety(int critical, ImageSafety.Signed signed) {
        return new ImageSafety(
                ImageSafety.Scan.SCANNED, Optional.of(new FindingCounts(critical, 1, 2, 3, 4)), signed, List.of());
    }

    private final SafetySource source = (name, image) -> {
        asked.add(image);
        return Optional.of(truth.getOrDefault(image, safety(0, ImageSafety.Signed.UNSIGNED)));
    };

    @BeforeEach
    void open() {
        RegistryListener both = event -> {
            catalog.onEvent(event);
            lists.onEvent(event);
        };
        hosted = HostedRegistry.builder(store)
                .events(EventQueue.of(both, Runnable::run))
                .build();
        repository = hosted.registry("test").repository(APP);
        lists.source(source);
    }

    @AfterEach
    void close() {
        hosted.close();
    }

    private Manifest push(String tag) {
        return images.image(repository, List.of(100), Tag.parse(tag));
    }

    private void refresh() {
        catalog.refresh();
        lists.refresh();
    }

    private Map<Digest, ImageSafety> shown() {
        return lists.of(catalog.of(APP));
    }

    @Test
    void aNewImageIsLookedAtOnce() {
        Manifest image = push("1");
        refresh();
        refresh();
        assertThat(asked).containsExactly(image.digest());
        assertThat(shown()).containsEntry(image.digest(), safety(0, ImageSafety.Signed.UNSIGNED));
    }

    @Test
    void whatAScanHasFoundIsShownOnceItIsTold() {
        Manifest image = push("1");
        push("2");
        refresh();
        asked.clear();
        truth.put(image.digest(), safety(7, ImageSafety.Signed.UNSIGNED));
        lists.changed(APP, image.digest());
        refresh();
        assertThat(asked).containsExactly(image.digest());
        assertThat(shown().get(image.digest()).findings().orElseThrow().critical()).isEqualTo(7);
    }

    @Test
    void whatIsNewAboutAnImageIsSoAboutTheIndexThatListsIt() {
        Manifest index = images.index(
                repository,
                List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")),
                Tag.parse("multi"));
        refresh();
        asked.clear();
        Digest child = ((ImageIndex) ManifestDocument.parse(index)).manifests().get(1).digest();
        lists.changed(APP, child);
        refresh();
        assertThat(asked).containsExactly(index.digest());
    }

    @Test
    void aSignatureIsNoticedAtItsTagAndAsAReferrer() {
        Manifest image = push("1");
        push("2");
        refresh();
        asked.clear();
        images.image(repository, List.of(10), SignatureTags.of(image.digest()).get(0));
        refresh();
        assertThat(asked).contains(image.digest());
        asked.clear();
        images.referrer(repository, image.descriptor(), "application/vnd.example.signature");
        refresh();
        assertThat(asked).containsExactly(image.digest());
    }

    @Test
    void whatWasSignedIsLookedAtAgainWhenSomethingIsDeletedThatMayHaveSignedIt() {
        Manifest signed = push("1");
        push("2");
        truth.put(signed.digest(), safety(0, ImageSafety.Signed.TRUSTED));
        Manifest signature = images.referrer(repository, signed.descriptor(), "application/vnd.example.signature");
        refresh();
        asked.clear();
        truth.clear();
        repository.manifests().delete(signature.digest());
        refresh();
        refresh();
        assertThat(asked).containsExactly(signed.digest());
        assertThat(shown().get(signed.digest()).signed()).isEqualTo(ImageSafety.Signed.UNSIGNED);
    }

    @Test
    void whatIsOldIsLookedAtAgainOnceSomebodyLooks() {
        push("1");
        push("2");
        refresh();
        asked.clear();
        clock.advance(Duration.ofHours(25));
        refresh();
        assertThat(asked).isEmpty();
        assertThat(shown()).hasSize(2);
        refresh();
        assertThat(asked).hasSize(2);
        shown();
        refresh();
        assertThat(asked).hasSize(2);
    }

    @Test
    void recordsOfBeforeAreFoundOutWhenSomebodyLooks() throws Exception {
        push("1");
        catalog.refresh();
        SafetyLists later = SafetyLists.over(engine, store, catalog, clock);
        later.source(source);
        asked.clear();
        assertThat(later.of(catalog.of(APP))).isEmpty();
        later.refresh();
        assertThat(asked).hasSize(1);

        store.put(
                Keys.CONSOLE.key("safety/" + SortableName.encode(APP)),
                "{".getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
        assertThat(later.of(catalog.of(APP))).as("damaged").isEmpty();
        later.refresh();
        assertThat(later.of(catalog.of(APP))).hasSize(1);
    }

    @Test
    void whatCannotBeToldNowIsToldLater() {
        Manifest image = push("1");
        boolean[] fails = {true};
        lists.source((name, digest) -> {
            if (fails[0]) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "The scans are away");
            }
            return source.of(name, digest);
        });
        refresh();
        assertThat(shown()).isEmpty();
        fails[0] = false;
        refresh();
        assertThat(shown()).containsKey(image.digest());
    }

    @Test
    void aRebuildLooksAtEverything() {
        push("1");
        push("2");
        refresh();
        asked.clear();
        lists.rebuild();
        assertThat(asked).hasSize(2);
    }

    @Test
    void imagesThatAreGoneAreForgotten() {
        Manifest image = push("1");
        Manifest other = push("2");
        refresh();
        repository.manifests().delete(image.digest());
        refresh();
        lists.changed(APP, other.digest());
        refresh();
        assertThat(shown()).containsOnlyKeys(other.digest());
    }

    @Test
    void withoutASourceNothingIsReadOrKept() {
        SafetyLists none = SafetyLists.over(engine, store, catalog, clock);
        push("1");
        none.refresh();
        assertThat(none.of(catalog.of(APP))).isEmpty();
    }
}
