package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.Digest;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The collections of a server. */
@Timeout(60)
class ScheduledCollectionTest {
    private final MemoryObjectStore store = MemoryObjectStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    private static Settings settings(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            String[] parts = variable.split("=");
            environment.put("REGISTRY_" + parts[0], parts[1]);
        }
        return SettingsReader.read(Optional.empty(), Optional.of("memory:"), Optional.empty(), environment);
    }

    private void putGarbage(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            byte[] content = ("garbage " + i).getBytes(StandardCharsets.UTF_8);
            String hex = Digest.sha256(content).hex();
            ObjectKey key =
                    ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
            store.put(key, content, PutCondition.always());
        }
    }

    private int condemned() throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.of("_berth/collection/marks/")))
                .names()
                .size();
    }

    @Test
    void aServerCollects() {
        assertThat(ScheduledCollection.isWanted(settings())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAINTENANCE_COLLECTION_ENABLED=false", "STORAGE_MAINTENANCE_READONLY_ENABLED=true"})
    void itDoesNotIfThatIsDisabledOrItsStorageIsReadOnly(String variable) {
        assertThat(ScheduledCollection.isWanted(settings(variable))).isFalse();
    }

    @Test
    void itCollectsByItselfAtTheInterval() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        ObjectStore watched = new ForwardingObjectStore(store) {
            @Override
            public ListPage list(ListRequest request) throws IOException {
                if (request.prefix().toString().contains("collection/marks")) {
                    begun.countDown();
                }
                return super.list(request);
            }
        };
        try (ScheduledCollection collection = ScheduledCollection.of(
                watched,
                settings("MAINTENANCE_COLLECTION_INTERVAL=1ms"),
                CollectionListener.NONE,
                MaintenanceMetrics.of(new Metrics()))) {
            collection.start();

            assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What was put without a candidate is found only by looking at everything. */
    @Test
    void theFirstCollectionLooksAtEverythingAlsoAfterAFailure() throws IOException {
        putGarbage(1);
        boolean[] failing = {true};
        ObjectStore faulty = new ForwardingObjectStore(store) {
            @Override
            public ListPage list(ListRequest request) throws IOException {
                if (failing[0]) {
                    throw new IOException("the network is down");
                }
                return super.list(request);
            }
        };
        try (ScheduledCollection collection = ScheduledCollection.of(
                faulty, settings(), CollectionListener.NONE, MaintenanceMetrics.of(new Metrics()))) {
            collection.run();
            assertThat(condemned()).isZero();

            failing[0] = false;
            collection.run();
            assertThat(condemned()).isOne();
        }
    }

    @Test
    void endingItDoesNotWaitForTheWholeCollection() throws IOException, InterruptedException {
        putGarbage(500);
        CountDownLatch begun = new CountDownLatch(1);
        CollectionListener listener = new CollectionListener() {
            @Override
            public void progress(String step, long done) {
                begun.countDown();
            }
        };
        Settings slow = settings("MAINTENANCE_COLLECTION_INTERVAL=1ms", "MAINTENANCE_COLLECTION_CALLSPERSECOND=10");
        try (ScheduledCollection collection =
                ScheduledCollection.of(store, slow, listener, MaintenanceMetrics.of(new Metrics()))) {
            collection.start();
            assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue();
            collection.end();
        }
        assertThat(condemned()).isLessThan(500);
    }

    /** With purging disabled, what registry:2 has left of uploads stays as well. */
    @ParameterizedTest
    @ValueSource(strings = {"ENABLED=false", "DRYRUN=true"})
    void uploadsStayIfPurgingIsDisabled(String variable) {
        Settings settings = settings("STORAGE_MAINTENANCE_UPLOADPURGING_" + variable);

        assertThat(settings.uploads().expiry()).isGreaterThan(Duration.ofDays(3650));
    }
}
