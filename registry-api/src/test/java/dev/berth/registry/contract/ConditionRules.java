package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several writers, of which a condition lets only one through. */
abstract class ConditionRules extends StoreRules {
    ConditionRules(ObjectStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    final void requireConditions() {
        assumeTrue(contract.conditionalWritesAreRaceFree(), "The store's conditional writes are not race-free");
    }

    @Test
    void exactlyOneCreatesAnObject() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey key = key("race/" + round + "/new");
            List<Optional<ObjectVersion>> versions = Racers.race(
                    contract.racers(), racer -> store().put(key, contentOf(racer), PutCondition.ifAbsent()));
            assertOneWon(key, versions);
        }
    }

    @Test
    void exactlyOneReplacesAVersion() throws Exception {
        ObjectKey key = key("race/replaced");
        ObjectVersion version = put(key, Contents.selfDescribing(-1, 100));
        for (int round = 0; round < contract.rounds(); round++) {
            PutCondition unchanged = PutCondition.ifUnchanged(version);
            int offset = round * contract.racers();
            List<Optional<ObjectVersion>> versions =
                    Racers.race(contract.racers(), racer -> store().put(key, contentOf(offset + racer), unchanged));
            version = assertOneWon(key, versions);
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        ObjectKey key = key("race/counter");
        put(key, number(0));
        int each = contract.rounds();
        Racers.race(contract.racers(), racer -> {
            for (int done = 0; done < each; ) {
                // The version is taken before the content: if something came between, the condition does not hold.
                ObjectStat stat = store().stat(key).orElseThrow();
                long value = ByteBuffer.wrap(readExisting(key)).getLong();
                if (store().put(key, number(value + 1), PutCondition.ifUnchanged(stat.version()))
                        .isPresent()) {
                    done++;
                }
            }
            return null;
        });
        assertThat(ByteBuffer.wrap(readExisting(key)).getLong()).isEqualTo((long) each * contract.racers());
    }

    @Test
    void exactlyOneReplacesAVersionForADeletion() throws Exception {
        ObjectKey key = key("race/for-deletion");
        List<Optional<ObjectVersion>> created = Racers.race(
                contract.racers(), racer -> store().putForDeletion(key, contentOf(racer), PutCondition.ifAbsent()));
        ObjectVersion version = assertOneWon(key, created);
        for (int round = 0; round < contract.rounds(); round++) {
            PutCondition unchanged = PutCondition.ifUnchanged(version);
            // Other contents than before: a version may be told by the content.
            int offset = (round + 1) * contract.racers();
            // Of either kind: both are changes of the same object.
            List<Optional<ObjectVersion>> versions = Racers.race(
                    contract.racers(),
                    racer -> racer % 2 == 0
                            ? store().putForDeletion(key, contentOf(offset + racer), unchanged)
                            : store().put(key, contentOf(offset + racer), unchanged));
            version = assertOneWon(key, versions);
        }
    }

    @Test
    void exactlyOneDeletesAVersion() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey key = key("race/" + round + "/deleted");
            ObjectVersion version = put(key, contentOf(round));
            List<Boolean> deleted = Racers.race(contract.racers(), racer -> store().deleteIfUnchanged(key, version));
            assertThat(deleted).containsOnlyOnce(true);
            assertThat(store().stat(key).map(ObjectStat::size).orElse(0L)).isZero();
        }
    }

    @Test
    void aVersionIsEitherDeletedOrReplaced() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey key = key("race/" + round + "/either");
            ObjectVersion version = put(key, contentOf(0));
            byte[] replacement = contentOf(1);
            List<Boolean> outcomes = Racers.raceAll(List.of(
                    () -> store().deleteIfUnchanged(key, version),
                    () -> store().put(key, replacement, PutCondition.ifUnchanged(version))
                            .isPresent()));
            assertThat(outcomes).containsOnlyOnce(true);
            if (outcomes.get(1)) {
                assertThat(readExisting(key)).isEqualTo(replacement);
            } else {
                assertThat(read(key).orElse(new byte[0])).isEmpty();
            }
        }
    }

    /** Asserts that one writer won, and that its content and version are what is found. */
    private ObjectVersion assertOneWon(ObjectKey key, List<Optional<ObjectVersion>> versions) throws IOException {
        List<Optional<ObjectVersion>> winners =
                versions.stream().filter(Optional::isPresent).toList();
        assertThat(winners).as("winners").hasSize(1);
        ObjectVersion version = winners.get(0).orElseThrow();
        assertThat(store().stat(key).orElseThrow().version()).isEqualTo(version);
        byte[] content = readExisting(key);
        assertThat(Contents.isIntact(content)).isTrue();
        int winner = versions.indexOf(winners.get(0));
        long seed = ByteBuffer.wrap(content).getLong(Integer.BYTES);
        assertThat(seed % contract.racers()).as("whose content it is").isEqualTo(winner);
        return version;
    }

    private static byte[] contentOf(int writer) {
        return Contents.selfDescribing(writer, 1000 + 10 * writer);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
