package dev.berth.registry.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Over a store that may not be written, lists are kept in memory")
class ReadOnlyCatalogTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final RepositoryName WEB = RepositoryName.parse("team/web");
    private static final Tag ONE = Tag.parse("1");
    private static final Tag TWO = Tag.parse("2");

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry engine = StorageRegistry.over(store);
    private final SampleImages images = new SampleImages(7);

    private List<String> keys() throws IOException {
        return store.list(ListRequest.tree(Keys.CONSOLE).limit(1_000)).names();
    }

    private Catalog readOnly() {
        return Catalog.over(engine, store, 1_000_000, InstantSource.system(), true);
    }

    @Test
    void nothingIsWritten() throws IOException {
        images.image(engine.repository(APP), List.of(100), ONE);
        Catalog catalog = readOnly();

        catalog.refresh();
        catalog.rebuild();

        assertThat(catalog.cards().of(APP)).isPresent();
        assertThat(catalog.of(APP).tags()).containsOnlyKeys(ONE);
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatOthersHaveWrittenIsShown() throws IOException {
        images.image(engine.repository(APP), List.of(100), ONE);
        Catalog.over(engine, store, 1_000_000, InstantSource.system()).refresh();
        images.image(engine.repository(WEB), List.of(100), TWO);
        List<String> written = keys();

        Catalog catalog = readOnly();
        catalog.refresh();

        assertThat(catalog.cards().all()).extracting(RepositoryCard::name).containsExactly(APP, WEB);
        assertThat(catalog.of(WEB).tags()).containsOnlyKeys(TWO);
        assertThat(keys()).isEqualTo(written);
    }

    @Test
    void theOldestFallOutWhereThereIsNoRoom() {
        images.image(engine.repository(APP), List.of(100), ONE);
        RepositoryRecord record = readOnly().of(APP);
        int length = RecordJson.write(record).length;
        UnwrittenRecords records = new UnwrittenRecords(2L * length + length / 2);

        for (String name : List.of("a", "b", "c")) {
            records.put(new RepositoryRecord(RepositoryName.parse(name), record.tags(), record.images()));
            assertThat(records.find(RepositoryName.parse("a"))).isPresent();
        }

        assertThat(records.find(RepositoryName.parse("b"))).isEmpty();
        assertThat(records.find(RepositoryName.parse("c"))).isPresent();
    }
}
