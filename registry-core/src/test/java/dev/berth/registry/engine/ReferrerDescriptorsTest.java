package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The descriptors of referrers are kept in the index, so that a listing does not read their manifests. */
class ReferrerDescriptorsTest {
    private static final String TYPE = "application/vnd.example.report";
    private static final int MANY = 40;
    private static final String LARGE = "x".repeat(20_000);

    private final RepositoryName name = RepositoryName.parse("team/app");
    private final ObjectStore store = MemoryObjectStore.create();
    private final CountingStore counting = new CountingStore(store);
    private final Repository app = StorageRegistry.over(counting).repository(name);
    private final Manifest subject = index("{}", "");
    private final List<Descriptor> expected = new ArrayList<>();

    private static Manifest index(String annotations, String more) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[],\"annotations\":" + annotations + more + "}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    private Manifest referrer(int number, String type) {
        String reference = ",\"artifactType\":\"" + type + "\",\"subject\":{\"mediaType\":\"" + subject.mediaType()
                + "\",\"digest\":\"" + subject.digest() + "\",\"size\":" + subject.size() + "}";
        return index("{\"number\":\"" + number + "\"}", reference + ",\"unknown\":\"" + LARGE + "\"");
    }

    private Descriptor described(Manifest manifest, int number, String type) {
        return manifest.descriptor()
                .withAnnotations(Map.of("number", Integer.toString(number)))
                .withArtifactType(type);
    }

    @BeforeEach
    void pushReferrers() {
        for (int i = 0; i < MANY; i++) {
            String type = i < 2 ? TYPE : "application/vnd.example.other";
            Manifest manifest = referrer(i, type);
            app.manifests().put(manifest);
            expected.add(described(manifest, i, type));
        }
        expected.sort((a, b) -> a.digest().compareTo(b.digest()));
        counting.reset();
    }

    private List<Descriptor> listed() {
        return app.manifests().referrers(subject.digest()).toList();
    }

    private List<Descriptor> listed(String type) {
        return app.manifests()
                .referrers(subject.digest(), ReferrerFilter.ofArtifactType(type))
                .toList();
    }

    private List<ObjectKey> entries() throws IOException {
        return StoreCopies.keys(store, "_berth/index/referrers/").stream()
                .map(key -> ObjectKey.of(key.toString()))
                .toList();
    }

    @Test
    void aListingReadsNoManifest() {
        assertThat(listed()).isEqualTo(expected);
        assertThat(counting.dataBytesRead()).isZero();
    }

    @Test
    void aFilterReadsNothingOfOtherTypes() {
        assertThat(listed("application/vnd.example.none")).isEmpty();
        assertThat(counting.calls()).hasSize(1);
        counting.reset();
        assertThat(listed(TYPE))
                .hasSize(2)
                .allMatch(found -> found.artifactType().equals(Optional.of(TYPE)));
        assertThat(counting.calls()).hasSize(1 + 2 * 3);
    }

    @Test
    void aListingGoesOnBehindAnEntry() {
        for (int i = 0; i < MANY; i++) {
            assertThat(app.manifests()
                            .referrers(subject.digest())
                            .after(expected.get(i).digest()))
                    .containsExactlyElementsOf(expected.subList(i + 1, MANY));
        }
    }

    /** As an older version left them: the name is the digest alone, and there is no content. */
    @Test
    void entriesWithoutDescriptorsAreReadOnce() throws IOException {
        for (ObjectKey entry : entries()) {
            store.delete(entry);
        }
        for (Descriptor referrer : expected) {
            store.mark(List.of(Keys.untypedReferrerEntry(name, subject.digest(), referrer.digest())));
        }
        assertThat(listed()).isEqualTo(expected);
        assertThat(counting.dataBytesRead()).isGreaterThan((long) MANY * LARGE.length());
        counting.reset();
        assertThat(listed()).isEqualTo(expected);
        assertThat(listed(TYPE)).hasSize(2);
        assertThat(counting.dataBytesRead()).isZero();
    }

    @Test
    void emptyAndDamagedEntriesAreCompletedOnce() throws IOException {
        int i = 0;
        for (ObjectKey entry : entries()) {
            byte[] damage = (i++ % 2 == 0 ? "" : "{\"mediaType\":").getBytes(StandardCharsets.UTF_8);
            store.put(entry, damage, PutCondition.always());
        }
        assertThat(listed()).isEqualTo(expected);
        counting.reset();
        assertThat(listed()).isEqualTo(expected);
        assertThat(counting.dataBytesRead()).isZero();
    }

    @Test
    void aDeletedReferrerIsNotListedAndLeavesNoEntry() throws IOException {
        for (Descriptor referrer : expected) {
            // As an older version left it, beside the new one.
            store.mark(List.of(Keys.untypedReferrerEntry(name, subject.digest(), referrer.digest())));
        }
        Descriptor first = expected.remove(0);
        app.manifests().delete(first.digest());
        assertThat(listed()).isEqualTo(expected);
        assertThat(entries()).hasSize(2 * (MANY - 1));
    }

    /** An entry whose manifest is gone, as a crash leaves it. */
    @Test
    void aDescriptorWithoutManifestIsNotListed() throws IOException {
        Descriptor unlinked = expected.remove(0);
        store.delete(Keys.revisionLink(name, unlinked.digest()));
        Descriptor withoutData = expected.remove(0);
        store.delete(Keys.data(withoutData.digest()));
        assertThat(listed()).isEqualTo(expected);
    }

    /** The type of a manifest that does not state its media type is what it was pushed with, and may change. */
    @Test
    void aReferrerWithEntriesOfTwoTypesIsReadAndListedOnce() throws IOException {
        Digest first = expected.get(0).digest();
        store.mark(List.of(Keys.referrerEntry(name, subject.digest(), first, Optional.of("application/x"))));
        assertThat(listed()).isEqualTo(expected);
        assertThat(listed("application/x")).isEmpty();
    }
}
