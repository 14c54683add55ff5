package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two stores over one storage, as two processes have them. */
abstract class SharingRules extends UploadRulesBase {
    private static final ObjectKey KEY = key("shared/object");

    private ObjectStore other;

    SharingRules(ObjectStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    final void openAnother() throws IOException {
        assumeTrue(contract.sharedBetweenProcesses(), "This storage belongs to one process");
        other = contract.openAnother();
    }

    @AfterEach
    final void closeAnother() throws IOException {
        if (other != null) {
            other.close();
        }
    }

    private ObjectStore storeOf(int racer) {
        return racer % 2 == 0 ? store() : other;
    }

    @Test
    void storesOverTheSameStorageHaveTheSameIdentity() {
        assertThat(other.identity()).isEqualTo(store().identity());
    }

    @Test
    void allSayTheSameOfWhetherTheyBelongToOneProcess() {
        assertThat(other.exclusive()).isEqualTo(store().exclusive());
    }

    @Test
    void eachSeesAtOnceWhatTheOtherChanges() throws IOException {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectStore writer = storeOf(round);
            ObjectStore reader = storeOf(round + 1);
            Optional<ObjectVersion> version = writer.put(KEY, new byte[] {1, 2}, PutCondition.ifAbsent());
            assertThat(reader.stat(KEY).orElseThrow().version()).isEqualTo(version.orElseThrow());
            assertThat(reader.list(ListRequest.tree(KeyPrefix.of("shared/"))).names())
                    .containsExactly(KEY.value());
            assertThat(reader.put(KEY, new byte[0], PutCondition.ifAbsent())).isEmpty();
            assertThat(reader.put(KEY, new byte[1], PutCondition.ifUnchanged(version.get())))
                    .isPresent();
            assertThat(writer.deleteIfUnchanged(KEY, version.get())).isFalse();
            writer.delete(KEY);
            assertThat(reader.open(KEY)).isEmpty();
            assertThat(reader.list(ListRequest.level(KeyPrefix.ROOT)).names()).isEmpty();
        }
    }

    @Test
    void exactlyOneOfAllWins() throws Exception {
        assumeTrue(contract.conditionalWritesAreRaceFree(), "The store's conditional writes are not race-free");
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey key = key("shared/" + round);
            List<Boolean> created = Racers.race(
                    contract.racers(),
                    racer -> storeOf(racer)
                            .put(key, new byte[] {(byte) racer}, PutCondition.ifAbsent())
                            .isPresent());
            assertThat(created).containsOnlyOnce(true);
            assertThat(readExisting(key)).containsExactly(created.indexOf(true));
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        assumeTrue(contract.conditionalWritesAreRaceFree(), "The store's conditional writes are not race-free");
        put(KEY, new byte[Long.BYTES]);
        int each = contract.rounds();
        Racers.race(4, racer -> {
            ObjectStore mine = storeOf(racer);
            for (int done = 0; done < each; ) {
                try (var content = mine.open(KEY).orElseThrow()) {
                    long value =
                            ByteBuffer.wrap(content.stream().readAllBytes()).getLong();
                    byte[] next =
                            ByteBuffer.allocate(Long.BYTES).putLong(value + 1).array();
                    if (mine.put(
                                    KEY,
                                    next,
                                    PutCondition.ifUnchanged(content.stat().version()))
                            .isPresent()) {
                        done++;
                    }
                }
            }
            return null;
        });
        assertThat(ByteBuffer.wrap(readExisting(KEY)).getLong()).isEqualTo(4L * each);
    }

    @Test
    void anUploadGoesOnInTheOther() throws IOException {
        byte[] content = Contents.random(1, 250_000);
        try (ObjectUpload here = store().startUpload(STAGING);
                ObjectUpload there = other.resumeUpload(STAGING).orElseThrow()) {
            here.append(0, stream(Arrays.copyOf(content, 70_000)));
            assertThat(there.size()).isEqualTo(70_000);
            there.append(70_000, stream(Arrays.copyOfRange(content, 70_000, 180_000)));
            assertThat(kept(here)).isEqualTo(Arrays.copyOf(content, 180_000));
            here.append(180_000, stream(Arrays.copyOfRange(content, 180_000, content.length)));
            there.commit(TARGET, content.length);
            assertEnded(here, STAGING);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    @Test
    void ofAppendsAtOneOffsetOneSucceeds() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging)) {
                List<Boolean> outcomes = Racers.race(4, racer -> {
                    byte[] content = Contents.selfDescribing(racer, 100_000 + 10_000 * racer);
                    try (ObjectUpload mine =
                            storeOf(racer).resumeUpload(staging).orElseThrow()) {
                        mine.append(0, stream(content));
                        return true;
                    } catch (UploadConflictException lost) {
                        return false;
                    }
                });
                assertThat(outcomes).containsOnlyOnce(true);
                int winner = outcomes.indexOf(true);
                assertThat(kept(upload)).isEqualTo(Contents.selfDescribing(winner, 100_000 + 10_000 * winner));
                upload.abort();
            }
        }
        assertHoldsOnly();
    }
}
