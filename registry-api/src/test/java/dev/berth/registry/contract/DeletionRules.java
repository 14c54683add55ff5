package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deleting and retiring. */
abstract class DeletionRules extends StoreRules {
    private static final ObjectKey KEY = key("deleting/object");

    DeletionRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void deletesAnObject() throws IOException {
        put(KEY, new byte[] {1});
        put(key("deleting/object2"), new byte[] {2});
        store().delete(KEY);
        assertThat(store().stat(KEY)).isEmpty();
        assertThat(store().open(KEY)).isEmpty();
        assertHoldsOnly("deleting/object2");
    }

    @Test
    void deletingNothingDoesNothing() throws IOException {
        store().delete(KEY);
        put(KEY, new byte[] {1});
        store().delete(key("deleting"));
        store().delete(key("deleting/object/below"));
        store().delete(key("deleting/other"));
        assertHoldsOnly(KEY.value());
        store().delete(KEY);
        store().delete(KEY);
        assertHoldsOnly();
    }

    @Test
    void aGroupEndsWithItsLastKey() throws IOException {
        store().mark(List.of(key("g/a/b/c"), key("g/a/d"), key("g/x/y")));
        store().delete(key("g/a/b/c"));
        assertThat(listAll(ListRequest.level(KeyPrefix.of("g/a/")))).containsExactly("g/a/d");
        store().delete(key("g/a/d"));
        assertThat(listAll(ListRequest.level(KeyPrefix.of("g/")))).containsExactly("g/x/");
        store().deleteTree(KeyPrefix.of("g/x/"));
        assertThat(listAll(ListRequest.level(KeyPrefix.ROOT))).isEmpty();
    }

    @Test
    void aKeyMayTakeTheNameOfAGroupThatIsGone() throws IOException {
        put(key("g/a/b/c"), new byte[] {1});
        store().delete(key("g/a/b/c"));
        put(key("g/a"), new byte[] {2});
        assertThat(readExisting(key("g/a"))).containsExactly(2);
        store().delete(key("g/a"));
        put(key("g/a/b"), new byte[] {3});
        assertHoldsOnly("g/a/b");
    }

    @Test
    void deletesTheVersionThatIsThere() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1, 2});
        assertThat(store().deleteIfUnchanged(KEY, version)).isTrue();
        assertThat(store().stat(KEY).map(ObjectStat::size).orElse(0L))
                .as("absent or empty")
                .isZero();
        assertThat(read(KEY).orElse(new byte[0])).isEmpty();
        assertThat(store().deleteIfUnchanged(KEY, version)).as("a second time").isFalse();
    }

    @Test
    void doesNotDeleteAnotherVersion() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1});
        put(KEY, new byte[] {2});
        assertThat(store().deleteIfUnchanged(KEY, version)).isFalse();
        assertThat(readExisting(KEY)).containsExactly(2);
    }

    @Test
    void deletesNoVersionOfWhatIsAbsent() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1});
        store().delete(KEY);
        assertThat(store().deleteIfUnchanged(KEY, version)).isFalse();
        assertThat(store().deleteIfUnchanged(key("deleting/other"), version)).isFalse();
        assertHoldsOnly();
    }

    @Test
    void whatWasDeletedByVersionCanBeWrittenAgain() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1});
        assertThat(store().deleteIfUnchanged(KEY, version)).isTrue();
        put(KEY, new byte[] {2});
        assertThat(store().deleteIfUnchanged(KEY, version)).isFalse();
        assertThat(readExisting(KEY)).containsExactly(2);
        store().delete(KEY);
        assertHoldsOnly();
    }

    @Test
    void deletesATreeAndNothingBesideIt() throws IOException {
        String[] kept = {"ab", "a-b", "a.b/c", "a0", "A/x", "b/a/x", "_", "aa/x"};
        for (String keep : kept) {
            put(key(keep), new byte[] {1});
        }
        store().mark(List.of(key("a/1"), key("a/1.0/x"), key("a/b/c/d/e/f"), key("a/b/c/d/e/g"), key("a/z")));
        store().deleteTree(KeyPrefix.of("a/"));
        assertThat(tree("a/")).isEmpty();
        assertHoldsOnly(kept);
    }

    @Test
    void deletesAPartOfATree() throws IOException {
        store().mark(List.of(key("a/b/1"), key("a/b/2/3"), key("a/bc/1"), key("a/b-c/1"), key("a/c")));
        store().deleteTree(KeyPrefix.of("a/b/"));
        assertHoldsOnly("a/b-c/1", "a/bc/1", "a/c");
    }

    @Test
    void deletingATreeThatIsNotThereDoesNothing() throws IOException {
        store().deleteTree(KeyPrefix.of("a/b/"));
        put(key("a/c"), new byte[] {1});
        store().deleteTree(KeyPrefix.of("a/b/"));
        store().deleteTree(KeyPrefix.of("a/c/"));
        store().deleteTree(KeyPrefix.of("b/"));
        assertHoldsOnly("a/c");
    }

    @Test
    void deletesEverything() throws IOException {
        store().mark(List.of(key("a"), key("b/c"), key("d/e/f")));
        store().deleteTree(KeyPrefix.ROOT);
        assertHoldsOnly();
        put(key("b/c"), new byte[] {1});
        assertHoldsOnly("b/c");
    }

    @Test
    void deletesATreeOfMoreThanAPage() throws IOException {
        int keys = Math.min(contract.manyKeys(), 2_100);
        store().mark(IntStream.range(0, keys)
                .mapToObj(i -> key("big/" + i % 50 + "/" + i))
                .toList());
        put(key("bigger"), new byte[] {1});
        store().deleteTree(KeyPrefix.of("big/"));
        assertHoldsOnly("bigger");
    }

    @Test
    void severalMayDeleteTheSameTree() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            store().mark(IntStream.range(0, 20)
                    .mapToObj(i -> key("same/" + i % 3 + "/" + i))
                    .toList());
            Racers.race(4, racer -> {
                store().deleteTree(KeyPrefix.of("same/"));
                return null;
            });
            assertHoldsOnly();
        }
    }
}
