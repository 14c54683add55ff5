package dev.berth.registry.mirror.router;

import static dev.berth.registry.mirror.router.Routed.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the default costs: a look whether the local registry has the repository, whatever else that has. */
class DefaultCostTest {
    /** Calls of a store that one look takes: a page of a list of tags, and a page of the catalogue if there are none. */
    private static final int LOOK = 3;

    private static final String LIBRARY = "library/app";
    private static final String FULL = "hub.example/library/app";
    private static final String OURS = "team/app";

    private final Registry upstream = StorageRegistry.over(MemoryObjectStore.create());
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final Registry local = StorageRegistry.over(store);
    private final PullThrough mirror = PullThrough.of(
            upstream,
            local,
            store,
            MirrorOptions.builder().prefix(Routed.HUB).bringReferrers(false).build());
    private final MirrorRouter router = MirrorRouter.over(local)
            .route(mirror)
            .byDefault(RepositoryName.parse("hub.example"))
            .build();

    @AfterEach
    void close() {
        mirror.close();
    }

    private int calls(Registry registry, String name, Digest manifest, Digest blob) throws IOException {
        store.reset();
        registry.repository(name).manifests().get(manifest);
        registry.repository(name).blobs().open(blob).close();
        return store.calls().size();
    }

    @Test
    void aRequestCostsOneLookMoreWhateverElseIsHere() throws Exception {
        Manifest theirs = Routed.image(upstream, LIBRARY, 1, LATEST);
        Manifest ours = Routed.image(local, OURS, 2, LATEST);
        Routed.pull(router.repository(LIBRARY), LATEST);
        int few = calls(router, LIBRARY, theirs.digest(), Routed.layer(theirs));
        int fewOfOurs = calls(router, OURS, ours.digest(), Routed.layer(ours));

        local.repository(OURS).manifests().put(ours, tags());
        for (int i = 0; i < 300; i++) {
            local.repository("team/app" + i).manifests().put(Manifest.of("application/x", new byte[] {'{', '}'}));
        }

        assertThat(calls(router, LIBRARY, theirs.digest(), Routed.layer(theirs)))
                .isEqualTo(few);
        assertThat(calls(router, OURS, ours.digest(), Routed.layer(ours))).isEqualTo(fewOfOurs);
        // Each for the manifest and for the blob; that one is also looked up here, since it is here before its
        // manifest.
        assertThat(few - calls(router, FULL, theirs.digest(), Routed.layer(theirs)))
                .isBetween(1, 2 * LOOK + 1);
        assertThat(fewOfOurs - calls(local, OURS, ours.digest(), Routed.layer(ours)))
                .isBetween(1, 2 * LOOK);
    }

    private static Tag[] tags() {
        return IntStream.range(0, 300).mapToObj(i -> Tag.parse("t" + i)).toArray(Tag[]::new);
    }
}
