package dev.berth.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PrefixedObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A view below a prefix keeps every promise of a store, and leaves alone what is not below its prefix. */
class PrefixedObjectStoreTest extends ObjectStoreContract {
    private static final KeyPrefix PREFIX = KeyPrefix.of("v/");

    /** Directly before and behind the prefix in the order of keys, and an upload. */
    private static final List<String> NEIGHBOURS = List.of("a", "u/object", "v-", "v0", "w/object");

    private static final ObjectKey NEIGHBOUR_UPLOAD = ObjectKey.of("v-staging/one");

    private final List<ObjectStore> stores = new ArrayList<>();

    @Override
    protected ObjectStore create() throws IOException {
        MemoryObjectStore store = MemoryObjectStore.create();
        for (String neighbour : NEIGHBOURS) {
            store.put(ObjectKey.of(neighbour), new byte[] {1}, PutCondition.always());
        }
        store.startUpload(NEIGHBOUR_UPLOAD).append(0, new ByteArrayInputStream(new byte[3]));
        stores.add(store);
        return PrefixedObjectStore.of(store, PREFIX);
    }

    @AfterEach
    void neighboursAreUntouched() throws IOException {
        for (ObjectStore store : stores) {
            List<String> others = new ArrayList<>();
            ListRequest request = ListRequest.level(KeyPrefix.ROOT);
            for (String name : store.list(request).names()) {
                if (name.endsWith("/") && !name.equals(PREFIX.value())) {
                    others.addAll(
                            store.list(ListRequest.tree(KeyPrefix.of(name))).names());
                } else if (!name.equals(PREFIX.value())) {
                    others.add(name);
                }
            }
            assertThat(others).containsExactlyElementsOf(NEIGHBOURS);
            assertThat(store.resumeUpload(NEIGHBOUR_UPLOAD).orElseThrow().size())
                    .isEqualTo(3);
            store.close();
        }
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return store;
    }

    @Override
    protected boolean sharedBetweenProcesses() {
        return true;
    }

    @Override
    protected Optional<ObjectStore> createWithRoomFor(int bytes) {
        return Optional.of(PrefixedObjectStore.of(
                MemoryObjectStore.builder().maxBytes(bytes).build(), PREFIX));
    }

    @Override
    protected int longestKeyBytes() {
        return ObjectKey.MAX_BYTES - PREFIX.value().length();
    }

    @Test
    void keysOfTheViewAreBelowThePrefix() throws IOException {
        try (ObjectStore store = MemoryObjectStore.create();
                ObjectStore view = PrefixedObjectStore.of(store, KeyPrefix.of("feature/state/"))) {
            view.put(ObjectKey.of("a/b"), new byte[] {1}, PutCondition.always());
            try (ObjectUpload upload = view.startUpload(ObjectKey.of("staging/one"))) {
                assertThat(store.resumeUpload(ObjectKey.of("feature/state/staging/one")))
                        .isPresent();
                upload.append(0, new ByteArrayInputStream(new byte[5]));
                upload.commit(ObjectKey.of("uploaded"), 5);
            }
            view.mark(List.of(ObjectKey.of("m/1")));
            assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names())
                    .containsExactly("feature/state/a/b", "feature/state/m/1", "feature/state/uploaded");
            assertThat(view.list(ListRequest.level(KeyPrefix.ROOT)).names()).containsExactly("a/", "m/", "uploaded");
            assertThat(view.list(ListRequest.tree(KeyPrefix.ROOT).after("a/b")).names())
                    .containsExactly("m/1", "uploaded");
        }
    }

    @Test
    void viewsMayBeNested() throws IOException {
        try (ObjectStore store = MemoryObjectStore.create();
                ObjectStore outer = PrefixedObjectStore.of(store, KeyPrefix.of("a/"));
                ObjectStore inner = PrefixedObjectStore.of(outer, KeyPrefix.of("b/"))) {
            inner.put(ObjectKey.of("c"), new byte[] {1}, PutCondition.always());
            assertThat(outer.list(ListRequest.tree(KeyPrefix.ROOT)).names()).containsExactly("b/c");
            assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names()).containsExactly("a/b/c");
        }
    }

    @Test
    void viewsOfDifferentPrefixesHaveDifferentIdentities() throws IOException {
        try (ObjectStore store = MemoryObjectStore.create()) {
            String one = PrefixedObjectStore.of(store, KeyPrefix.of("a/")).identity();
            assertThat(one)
                    .isEqualTo(PrefixedObjectStore.of(store, KeyPrefix.of("a/")).identity())
                    .isNotEqualTo(
                            PrefixedObjectStore.of(store, KeyPrefix.of("b/")).identity())
                    .isNotEqualTo(store.identity());
        }
    }

    @Test
    void closingTheViewLeavesTheStoreOpen() throws IOException {
        try (ObjectStore store = MemoryObjectStore.create()) {
            PrefixedObjectStore.of(store, PREFIX).close();
            store.checkHealth();
        }
    }

    @Test
    void aViewOfAClosedStoreIsNotHealthy() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        ObjectStore view = PrefixedObjectStore.of(store, PREFIX);
        store.close();
        assertThatIOException().isThrownBy(view::checkHealth);
    }

    @Test
    void keysThatAreTooLongWithThePrefixAreRefused() throws IOException {
        ObjectKey longest = ObjectKey.of("d/".repeat(511) + "xy");
        try (ObjectStore store = MemoryObjectStore.create();
                ObjectStore view = PrefixedObjectStore.of(store, PREFIX)) {
            assertThatIllegalArgumentException().isThrownBy(() -> view.stat(longest));
        }
    }
}
