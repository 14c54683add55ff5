package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Putting and marking, by one writer. */
abstract class WritingRules extends StoreRules {
    private static final ObjectKey KEY = key("writing/object");

    WritingRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void replacesAnObjectAsAWhole() throws IOException {
        ObjectVersion before = null;
        for (int size : new int[] {100_000, 10, 0, 70_000, 0, 1}) {
            byte[] content = Contents.random(size, size);
            ObjectVersion version = put(KEY, content);
            assertThat(version).isNotEqualTo(before);
            assertThat(readExisting(KEY)).isEqualTo(content);
            assertThat(store().stat(KEY).orElseThrow().size()).isEqualTo(size);
            assertThat(store().stat(KEY).orElseThrow().version()).isEqualTo(version);
            before = version;
        }
        assertHoldsOnly(KEY.value());
    }

    @Test
    void anotherContentOfTheSameSizeHasAnotherVersion() throws IOException {
        ObjectVersion before = put(KEY, new byte[] {0});
        for (int i = 1; i < 50; i++) {
            ObjectVersion version = put(KEY, new byte[] {(byte) i});
            assertThat(version).isNotEqualTo(before);
            before = version;
        }
    }

    @Test
    void doesNotKeepTheCallersArray() throws IOException {
        byte[] content = {1, 2, 3};
        put(KEY, content);
        content[0] = 9;
        assertThat(readExisting(KEY)).containsExactly(1, 2, 3);
        readExisting(KEY)[0] = 8;
        assertThat(readExisting(KEY)).containsExactly(1, 2, 3);
    }

    @Test
    void refusesMoreThanTheLargestPut() throws IOException {
        byte[] tooLarge = new byte[ObjectStore.MAX_PUT_BYTES + 1];
        assertThatIllegalArgumentException().isThrownBy(() -> store().put(KEY, tooLarge, PutCondition.always()));
        assertThat(store().stat(KEY)).isEmpty();
    }

    @Test
    void ifAbsentWritesOnlyWhereNothingIs() throws IOException {
        assertThat(store().put(KEY, new byte[] {1}, PutCondition.ifAbsent())).isPresent();
        assertThat(store().put(KEY, new byte[] {2}, PutCondition.ifAbsent())).isEmpty();
        assertThat(readExisting(KEY)).containsExactly(1);
        store().delete(KEY);
        assertThat(store().put(KEY, new byte[] {3}, PutCondition.ifAbsent())).isPresent();
        assertThat(readExisting(KEY)).containsExactly(3);
    }

    @Test
    void anEmptyObjectIsNotAbsent() throws IOException {
        put(KEY, new byte[0]);
        assertThat(store().put(KEY, new byte[] {1}, PutCondition.ifAbsent())).isEmpty();
        assertThat(readExisting(KEY)).isEmpty();
    }

    @Test
    void ifUnchangedWritesOnlyOverThatVersion() throws IOException {
        ObjectVersion first = put(KEY, new byte[] {1});
        ObjectVersion second = store().put(KEY, new byte[] {2, 2}, PutCondition.ifUnchanged(first))
                .orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(store().put(KEY, new byte[] {3}, PutCondition.ifUnchanged(first)))
                .isEmpty();
        assertThat(readExisting(KEY)).containsExactly(2, 2);
        ObjectVersion seen = store().stat(KEY).orElseThrow().version();
        assertThat(store().put(KEY, new byte[] {4}, PutCondition.ifUnchanged(seen)))
                .isPresent();
        assertThat(readExisting(KEY)).containsExactly(4);
    }

    @Test
    void ifUnchangedDoesNotHoldOfAnAbsentObject() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1});
        store().delete(KEY);
        assertThat(store().put(KEY, new byte[] {2}, PutCondition.ifUnchanged(version)))
                .isEmpty();
        assertThat(store().stat(KEY)).isEmpty();
        assertThat(store().put(key("writing/other"), new byte[] {2}, PutCondition.ifUnchanged(version)))
                .isEmpty();
        assertHoldsOnly();
    }

    @Test
    void ifUnchangedDoesNotHoldOfAnotherObjectUnderTheSameKey() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1});
        store().delete(KEY);
        put(KEY, new byte[] {2});
        assertThat(store().put(KEY, new byte[] {3}, PutCondition.ifUnchanged(version)))
                .isEmpty();
        assertThat(readExisting(KEY)).containsExactly(2);
    }

    @Test
    void marksExistAndAreEmpty() throws IOException {
        store().mark(List.of());
        assertHoldsOnly();
        List<ObjectKey> marks = IntStream.range(0, 50)
                .mapToObj(i -> key("writing/marks/" + i % 7 + "/" + i))
                .toList();
        store().mark(marks);
        assertThat(tree("writing/")).hasSize(50);
        for (ObjectKey mark : marks) {
            assertThat(store().stat(mark).orElseThrow().size())
                    .as("size of %s", mark)
                    .isZero();
            assertThat(readExisting(mark)).isEmpty();
        }
    }

    @Test
    void markingAgainChangesNothing() throws IOException {
        put(KEY, new byte[] {1, 2});
        ObjectKey mark = key("writing/mark");
        store().mark(List.of(mark));
        ObjectVersion version = store().stat(mark).orElseThrow().version();
        store().mark(List.of(mark, KEY, mark, key("writing/new")));
        assertThat(readExisting(KEY)).as("an object is never cut").containsExactly(1, 2);
        assertThat(store().stat(mark).orElseThrow().version()).isEqualTo(version);
        assertHoldsOnly("writing/mark", "writing/new", KEY.value());
    }

    @Test
    void manyMarkTheSameAtTheSameTime() throws Exception {
        List<ObjectKey> marks =
                IntStream.range(0, 20).mapToObj(i -> key("writing/marks/" + i)).toList();
        Racers.race(contract.racers(), racer -> {
            List<ObjectKey> shuffled = new ArrayList<>(marks);
            Collections.rotate(shuffled, racer);
            store().mark(shuffled);
            for (ObjectKey mark : marks) {
                assertThat(store().stat(mark)).isPresent();
            }
            return null;
        });
        assertThat(tree("writing/marks/")).hasSize(20);
    }

    @Test
    void everyChangeIsVisibleEverywhereAtOnce() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey key = key("visible/" + round + "/key");
            put(key, new byte[] {1});
            assertEverywhere(key, 1);
            put(key, new byte[] {1, 2});
            assertEverywhere(key, 2);
            store().delete(key);
            assertEverywhere(key, -1);
            try (ObjectUpload upload = store().startUpload(key("staging/" + round))) {
                upload.append(0, new ByteArrayInputStream(new byte[3]));
                assertEverywhere(key, -1);
                upload.commit(key, 3);
            }
            assertEverywhere(key, 3);
            store().deleteTree(KeyPrefix.of("visible/" + round + "/"));
            assertEverywhere(key, -1);
            store().mark(List.of(key));
            assertEverywhere(key, 0);
        }
    }

    private void assertEverywhere(ObjectKey key, int size) throws Exception {
        assertHere(key, size);
        Racers.elsewhere(() -> {
            assertHere(key, size);
            return null;
        });
    }

    private void assertHere(ObjectKey key, int size) throws IOException {
        String group = key.value().substring(0, key.value().lastIndexOf('/') + 1);
        if (size < 0) {
            assertThat(store().stat(key)).isEmpty();
            assertThat(store().open(key)).isEmpty();
            assertThat(tree(group)).isEmpty();
            assertThat(listAll(ListRequest.level(KeyPrefix.of("visible/")))).doesNotContain(group);
        } else {
            assertThat(store().stat(key).orElseThrow().size()).isEqualTo(size);
            assertThat(readExisting(key)).hasSize(size);
            assertThat(tree(group)).containsExactly(key.value());
            assertThat(listAll(ListRequest.level(KeyPrefix.of("visible/")))).contains(group);
        }
    }
}
