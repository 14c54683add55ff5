package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Checking whether a store can be used. */
abstract class HealthRules extends StoreRules {
    private static final ObjectKey KEY = key("health/object");

    HealthRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void anEmptyStoreIsHealthy() throws IOException {
        store().checkHealth();
        assertHoldsOnly();
    }

    @Test
    void checkingChangesNothing() throws IOException {
        ObjectVersion version = put(KEY, new byte[] {1, 2, 3});
        for (int i = 0; i < 3; i++) {
            store().checkHealth();
        }
        assertHoldsOnly(KEY.value());
        assertThat(store().stat(KEY).orElseThrow().version()).isEqualTo(version);
        assertThat(readExisting(KEY)).containsExactly(1, 2, 3);
    }

    @Test
    void manyMayCheckAtTheSameTime() throws Exception {
        ObjectStore store = store();
        Racers.race(contract.racers(), racer -> {
            assertThatCode(store::checkHealth).doesNotThrowAnyException();
            return null;
        });
    }

    @Test
    void aClosedStoreIsNotHealthy() throws IOException {
        ObjectStore closed = store();
        closed.close();
        assertThatIOException().isThrownBy(closed::checkHealth);
    }
}
