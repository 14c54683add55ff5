package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings fetch what is read, a page at a time, and nothing before. */
class ListingPagesTest {
    /** Two full pages and a bit. */
    private static final int MANY = 2100;

    private final ObjectStore store = MemoryObjectStore.create();
    private final CountingStore counting = new CountingStore(store);
    private final StorageRegistry registry = StorageRegistry.over(counting);
    private final Repository app = registry.repository(RepositoryName.parse("team/app"));

    private static Manifest index(int number, String more) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[],\"annotations\":{\"n\":\"" + number + "\"}" + more + "}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void startUp() {
        app.manifests().put(index(0, ""));
        counting.reset();
    }

    @Test
    void tagsComeInPages() {
        app.manifests()
                .put(
                        index(0, ""),
                        IntStream.range(0, MANY)
                                .mapToObj(i -> Tag.parse("t" + i))
                                .toArray(Tag[]::new));
        counting.reset();
        Listing<Tag, Tag> tags = app.tags().list();
        assertThat(counting.calls()).isEmpty();
        Iterator<Tag> iterator = tags.iterator();
        for (int i = 0; i < 1000; i++) {
            iterator.next();
        }
        assertThat(counting.calls()).hasSize(1);
        iterator.next();
        assertThat(counting.calls()).hasSize(2);
        assertThat(tags).hasSize(MANY);
        assertThat(counting.calls()).hasSize(2 + 3);
    }

    @Test
    void repositoriesComeInPages() {
        for (int i = 0; i < MANY; i++) {
            registry.repository(RepositoryName.parse("r/" + i)).manifests().put(index(i, ""));
        }
        counting.reset();
        Listing<RepositoryName, RepositoryName> repositories = registry.repositories();
        assertThat(counting.calls()).isEmpty();
        assertThat(repositories.stream().findFirst()).isPresent();
        assertThat(counting.calls()).hasSize(1);
        assertThat(repositories).hasSize(MANY + 1);
        assertThat(counting.calls()).hasSize(1 + 3);
    }

    /** A referrer is looked up when it is delivered: its entry, its link, and the size of its data, which is not read. */
    @Test
    void referrersAreLookedUpOneByOne() {
        Manifest subject = index(0, "");
        String reference = ",\"subject\":{\"mediaType\":\"" + subject.mediaType() + "\",\"digest\":\""
                + subject.digest() + "\",\"size\":" + subject.size() + "}";
        for (int i = 0; i < 50; i++) {
            app.manifests().put(index(i, reference));
        }
        counting.reset();
        Listing<Descriptor, Digest> referrers = app.manifests().referrers(subject.digest());
        assertThat(counting.calls()).isEmpty();
        assertThat(referrers.limit(2)).hasSize(2);
        assertThat(counting.calls()).hasSize(1 + 2 * 3);
        assertThat(counting.dataBytesRead()).isZero();
        counting.reset();
        assertThat(referrers.after(referrers.limit(2).toList().get(1).digest())).hasSize(48);
    }

    @Test
    void aLimitOfZeroFetchesNothing() {
        assertThat(app.tags().list().limit(0)).isEmpty();
        assertThat(registry.repositories().limit(0)).isEmpty();
        assertThat(app.manifests().referrers(index(0, "").digest()).limit(0)).isEmpty();
        assertThat(counting.calls()).isEmpty();
    }
}
