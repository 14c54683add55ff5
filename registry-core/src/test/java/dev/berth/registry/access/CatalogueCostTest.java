package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalogue of a caller who sees 3 of 100,000 repositories costs, in calls of the storage. */
class CatalogueCostTest {
    private static final int REPOSITORIES = 100_000;
    private static final List<String> SEEN = List.of("team-050000/app", "team-070000/app", "team-099998/app");
    private static final Caller ALICE = Caller.named("alice");

    private static CountingStore store;
    private static Registry registry;

    @BeforeAll
    static void fill() throws IOException {
        store = new CountingStore(MemoryObjectStore.create());
        registry = StorageRegistry.over(store);
        for (String name : SEEN) {
            pushImage(registry.repository(RepositoryName.parse(name)));
        }
        for (int i = 0; i < REPOSITORIES; i++) {
            RepositoryName name = RepositoryName.parse(String.format("team-%06d/app", i));
            if (!SEEN.contains(name.value())) {
                // An entry of the index is what a listing reads.
                store.put(Keys.catalogueEntry(name), new byte[0], PutCondition.always());
            }
        }
    }

    private static void pushImage(Repository repository) {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        repository.blobs().push(BlobSource.of(config));
        repository
                .manifests()
                .put(
                        ImageManifest.of(
                                        Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length),
                                        List.of())
                                .toManifest(),
                        Tag.parse("1"));
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    private static Grants grants(Stream<String> patterns) {
        return Grants.of(
                patterns.map(pattern -> new Grant(Grantee.user("alice"), NamePattern.parse(pattern), Role.READER))
                        .toArray(Grant[]::new));
    }

    private static List<String> names(Listing<RepositoryName, RepositoryName> listing) {
        return listing.toList().stream().map(RepositoryName::value).toList();
    }

    @Test
    void isFewCallsForNamesAndForPatterns() {
        for (Grants grants :
                List.of(grants(SEEN.stream()), grants(SEEN.stream().map(name -> name.replace("/app", "/**"))))) {
            Registry view = Authorized.of(registry, ALICE, grants);
            store.reset();
            assertThat(names(view.repositories().limit(100))).isEqualTo(SEEN);
            assertThat(store.calls()).hasSizeLessThanOrEqualTo(4 * SEEN.size());

            store.reset();
            assertThat(names(view.repositories()
                            .after(RepositoryName.parse(SEEN.get(0)))
                            .limit(1)))
                    .containsExactly(SEEN.get(1));
            assertThat(store.calls()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void isTheSameForTheLimitOfARobot() {
        Caller robot = ALICE.toBuilder()
                .limit(new NameLimit(NameSet.of(List.of(NamePattern.parse(SEEN.get(1)))), Role.READER))
                .build();
        store.reset();

        assertThat(names(Authorized.of(registry, robot, grants(Stream.of("**"))).repositories()))
                .containsExactly(SEEN.get(1));
        assertThat(store.calls()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void isNothingForWhoSeesNothing() {
        store.reset();

        assertThat(names(Authorized.of(registry, Caller.named("bob"), grants(SEEN.stream()))
                        .repositories()))
                .isEmpty();
        assertThat(store.calls()).isEmpty();
    }
}
