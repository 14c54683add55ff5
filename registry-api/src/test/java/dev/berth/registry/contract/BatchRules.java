package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.storage.ForwardingObjectUpload;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several changes at once, and changes that need not be durable. */
abstract class BatchRules extends UploadRulesBase {
    private static final ObjectKey NEW = key("batch/new");
    private static final ObjectKey OLD = key("batch/old");

    BatchRules(ObjectStoreContract contract) {
        super(contract);
    }

    private ObjectUpload uploaded(byte[] bytes) throws IOException {
        ObjectUpload upload = store().startUpload(STAGING);
        upload.append(0, stream(bytes));
        return upload;
    }

    @Test
    void allChangesAreSeenWhenItReturns() throws IOException {
        byte[] content = Contents.random(1, 5_000);
        byte[] large = Contents.random(2, 300_000);
        put(OLD, new byte[] {1});
        put(key("batch/other/gone"), new byte[] {1});
        try (ObjectUpload upload = uploaded(large)) {
            store().apply(ObjectBatch.builder()
                    .put(NEW, content)
                    .put(OLD, content)
                    .put(key("batch/empty"), new byte[0])
                    .mark(key("batch/mark/one"))
                    .delete(key("batch/other/gone"))
                    .delete(key("batch/never/there"))
                    .commit(upload, TARGET, large.length)
                    .build());
            assertEnded(upload, STAGING);
        }
        assertThat(readExisting(NEW)).isEqualTo(content);
        assertThat(readExisting(OLD)).isEqualTo(content);
        assertThat(readExisting(TARGET)).isEqualTo(large);
        assertThat(readExisting(key("batch/mark/one"))).isEmpty();
        assertHoldsOnly("batch/empty", "batch/mark/one", NEW.value(), OLD.value(), TARGET.value());
    }

    @Test
    void aMarkKeepsWhatIsThere() throws IOException {
        ObjectVersion version = put(OLD, new byte[] {7});
        store().apply(ObjectBatch.builder().mark(List.of(OLD, NEW)).build());
        assertThat(readExisting(OLD)).containsExactly(7);
        assertThat(store().stat(OLD)).map(stat -> stat.version()).contains(version);
        assertThat(readExisting(NEW)).isEmpty();
    }

    @Test
    void anEmptyBatchChangesNothing() throws IOException {
        put(OLD, new byte[] {7});
        store().apply(ObjectBatch.builder().build());
        assertHoldsOnly(OLD.value());
    }

    @Test
    void twoChangesOfOneKeyAreNoBatch() {
        ObjectBatch.Builder twice = ObjectBatch.builder().put(NEW, new byte[1]).delete(NEW);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(twice::build)
                .withMessageContaining(NEW.value());
    }

    @Test
    void theContentIsNotUsedAfterwards() throws IOException {
        byte[] content = {1, 2, 3};
        store().apply(ObjectBatch.builder().put(NEW, content).build());
        ObjectKey transientKey = key("batch/transient");
        store().putTransient(transientKey, content, PutCondition.always());
        Arrays.fill(content, (byte) 9);
        assertThat(readExisting(NEW)).containsExactly(1, 2, 3);
        assertThat(readExisting(transientKey)).containsExactly(1, 2, 3);
    }

    @Test
    void aCommitFailsAsItDoesByItself() throws IOException {
        try (ObjectUpload upload = uploaded(new byte[10])) {
            assertThatExceptionOfType(UploadConflictException.class)
                    .isThrownBy(() -> store().apply(ObjectBatch.builder()
                            .commit(upload, TARGET, 9)
                            .mark(NEW)
                            .build()))
                    .satisfies(conflict -> assertThat(conflict.currentSize()).isEqualTo(10));
            assertThat(upload.size()).isEqualTo(10);
            store().apply(ObjectBatch.builder().commit(upload, TARGET, 10).build());
            assertThatExceptionOfType(UploadGoneException.class)
                    .isThrownBy(() -> store().apply(ObjectBatch.builder()
                            .commit(upload, NEW, 10)
                            .build()));
        }
        assertThat(readExisting(TARGET)).hasSize(10);
    }

    @Test
    void anUploadInAWrapperIsCommittedThroughIt() throws IOException {
        List<ObjectKey> committed = new ArrayList<>();
        try (ObjectUpload upload = new ForwardingObjectUpload(uploaded(new byte[10])) {
            @Override
            public void commit(ObjectKey key, long expectedSize) throws IOException {
                super.commit(key, expectedSize);
                committed.add(key);
            }
        }) {
            store().apply(ObjectBatch.builder()
                    .mark(NEW)
                    .commit(upload, TARGET, 10)
                    .build());
        }
        assertThat(committed).containsExactly(TARGET);
        assertHoldsOnly(NEW.value(), TARGET.value());
    }

    @Test
    void aFailureOfOneChangeIsThrown() throws IOException {
        IOException failure = new IOException("The commit failed");
        try (ObjectUpload failing = new ForwardingObjectUpload(uploaded(new byte[10])) {
            @Override
            public void commit(ObjectKey key, long expectedSize) throws IOException {
                throw failure;
            }
        }) {
            assertThatThrownBy(() -> store().apply(ObjectBatch.builder()
                            .mark(NEW)
                            .commit(failing, TARGET, 10)
                            .put(OLD, new byte[] {1})
                            .build()))
                    .isSameAs(failure);
            assertThat(treeWithout("staging/")).isSubsetOf(NEW.value(), OLD.value());
        }
    }

    @Test
    void aBatchMayHaveManyChanges() throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        for (int i = 0; i < 150; i++) {
            ObjectKey key = key("many/" + i % 7 + "/" + i);
            if (i % 3 == 0) {
                batch.mark(key);
            } else {
                batch.put(key, Contents.random(i, i * 10));
            }
        }
        store().apply(batch.build());
        assertThat(tree("many/")).hasSize(150);
        for (int i = 0; i < 150; i++) {
            byte[] expected = i % 3 == 0 ? new byte[0] : Contents.random(i, i * 10);
            assertThat(readExisting(key("many/" + i % 7 + "/" + i))).isEqualTo(expected);
        }
    }

    @Test
    void batchesThatRaceLeaveEachObjectWhole() throws Exception {
        List<ObjectKey> keys = List.of(key("race/a"), key("race/b/c"), key("race/b/d"), NEW);
        for (int round = 0; round < contract.rounds(); round++) {
            int now = round;
            Racers.race(4, racer -> {
                ObjectBatch.Builder batch = ObjectBatch.builder();
                keys.forEach(key -> batch.put(key, content(now, racer)));
                store().apply(batch.delete(key("race/gone/" + racer)).build());
                return racer;
            });
            for (ObjectKey key : keys) {
                assertThat(readExisting(key)).isIn(content(now, 0), content(now, 1), content(now, 2), content(now, 3));
            }
        }
    }

    private static byte[] content(int round, int racer) {
        return Contents.random(4 * round + racer, 2_000 + 500 * racer);
    }

    @Test
    void aTransientObjectIsAsAnyOther() throws IOException {
        Optional<ObjectVersion> first = store().putTransient(NEW, new byte[] {1}, PutCondition.ifAbsent());
        assertThat(first).isPresent();
        assertThat(store().putTransient(NEW, new byte[] {2}, PutCondition.ifAbsent()))
                .isEmpty();
        assertThat(store().stat(NEW)).map(stat -> stat.version()).isEqualTo(first);
        Optional<ObjectVersion> second =
                store().putTransient(NEW, new byte[] {3}, PutCondition.ifUnchanged(first.orElseThrow()));
        assertThat(second).isPresent().isNotEqualTo(first);
        assertThat(store().putTransient(NEW, new byte[] {4}, PutCondition.ifUnchanged(first.orElseThrow())))
                .isEmpty();
        assertThat(readExisting(NEW)).containsExactly(3);
        assertHoldsOnly(NEW.value());
        put(NEW, new byte[] {5});
        assertThat(readExisting(NEW)).containsExactly(5);
        store().putTransient(NEW, new byte[] {6}, PutCondition.always());
        store().delete(NEW);
        assertHoldsOnly();
    }

    @Test
    void transientObjectsOfAnotherProcessAreOfTheSameEpoch() throws IOException {
        String epoch = store().transientEpoch();
        store().putTransient(NEW, new byte[] {1}, PutCondition.always());
        store().apply(ObjectBatch.builder().put(OLD, new byte[] {2}).build());
        assertThat(store().transientEpoch()).isEqualTo(epoch);
        if (contract.survivesReopen()) {
            reopenedIn(epoch);
        }
    }

    /** What is not lost is still there, and is of the same epoch if it is still good. */
    private void reopenedIn(String epoch) throws IOException {
        contract.reopenStore();
        assertThat(readExisting(OLD)).containsExactly(2);
        if (store().transientEpoch().equals(epoch)) {
            assertThat(readExisting(NEW)).containsExactly(1);
        }
    }

    @Test
    void anUploadThatIsThereCannotBeStartedAgain() throws IOException {
        try (ObjectUpload upload = uploaded(new byte[10])) {
            assertThatExceptionOfType(UploadConflictException.class)
                    .isThrownBy(() -> store().startUpload(STAGING).close());
            assertThat(upload.size()).isEqualTo(10);
            upload.abort();
        }
    }
}
