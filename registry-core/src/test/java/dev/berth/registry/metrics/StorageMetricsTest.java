package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.PrefixedObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadConflictException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageMetricsTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(ObjectKey.class, KEY),
            Map.entry(KeyPrefix.class, KeyPrefix.of("a/")),
            Map.entry(long.class, 7L),
            Map.entry(boolean.class, true),
            Map.entry(String.class, "text"),
            Map.entry(byte[].class, new byte[] {1}),
            Map.entry(PutCondition.class, PutCondition.ifAbsent()),
            Map.entry(ObjectVersion.class, new ObjectVersion("1")),
            Map.entry(ListRequest.class, ListRequest.tree(KeyPrefix.ROOT)),
            Map.entry(ListPage.class, new ListPage(List.of("a/b"), true)),
            Map.entry(Collection.class, List.of(KEY)),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[1])),
            Map.entry(Prefetch.Reading.class, (Prefetch.Reading<String>) () -> "read"),
            Map.entry(Prefetch.class, Prefetch.whenAsked(() -> "prefetched")),
            Map.entry(Consumer.class, (Consumer<Object>) discarded -> {}),
            Map.entry(ObjectBatch.class, ObjectBatch.builder().mark(KEY).build()),
            Map.entry(Duration.class, Duration.ofHours(1)),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(ObjectUpload.class, recorder(ObjectUpload.class, new ArrayList<>())));

    /** What does no I/O, and so is not timed, or takes as long as a client likes. */
    private static final List<String> UNTIMED =
            List.of("identity", "exclusive", "transientEpoch", "prefetch", "close", "write");

    private final Metrics metrics = new Metrics();
    private final List<String> calls = new ArrayList<>();

    static Stream<Method> storeMethods() {
        return instanceMethods(ObjectStore.class)
                .filter(method -> !method.getName().equals("open") || method.getParameterCount() == 3);
    }

    static Stream<Method> uploadMethods() {
        return instanceMethods(ObjectUpload.class);
    }

    private static Stream<Method> instanceMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    private static <T> T recorder(Class<T> type, List<String> calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("toString") ? "recorder" : proxy == given[0];
                    }
                    calls.add(method.getName() + Arrays.toString(given));
                    return VALUES.get(method.getReturnType());
                }));
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> Optional.ofNullable(VALUES.get(type)).orElseThrow())
                .toArray();
    }

    private double timed() {
        return metrics.series().stream()
                .filter(series -> series.name().equals("registry_storage_action_seconds"))
                .mapToLong(Series::count)
                .sum();
    }

    @ParameterizedTest
    @MethodSource("storeMethods")
    void everyCallOfAStoreArrivesOnceAsItIs(Method method) throws Exception {
        ObjectStore timed = StorageMetrics.over(recorder(ObjectStore.class, calls), "test", metrics);
        Object[] arguments = arguments(method);

        Object result = method.invoke(timed, arguments);

        assertThat(calls).containsExactly(method.getName() + Arrays.toString(arguments.length == 0 ? null : arguments));
        if (method.getReturnType() != ObjectUpload.class) {
            assertThat(result).isEqualTo(VALUES.get(method.getReturnType()));
        }
        assertThat(timed()).isEqualTo(UNTIMED.contains(method.getName()) ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("uploadMethods")
    void everyCallOfAnUploadArrivesOnceAsItIs(Method method) throws Exception {
        ObjectUpload timed = new TimedUpload(recorder(ObjectUpload.class, calls), new StorageTimers(metrics, "test"));
        Object[] arguments = arguments(method);

        Object result = method.invoke(timed, arguments);

        assertThat(calls).containsExactly(method.getName() + Arrays.toString(arguments.length == 0 ? null : arguments));
        assertThat(result).isEqualTo(VALUES.get(method.getReturnType()));
    }

    /** A store can make a commit durable together with the rest only if the upload is its own. */
    @Test
    void aBatchCommitsTheUploadOfTheStoreItself() throws Exception {
        MemoryObjectStore memory = MemoryObjectStore.create();
        List<ObjectUpload> started = new ArrayList<>();
        List<ObjectUpload> committed = new ArrayList<>();
        ObjectStore watched = new ForwardingObjectStore(memory) {
            @Override
            public ObjectUpload startUpload(ObjectKey staging) throws IOException {
                ObjectUpload upload = super.startUpload(staging);
                started.add(upload);
                return upload;
            }

            @Override
            public void apply(ObjectBatch batch) throws IOException {
                batch.changes().forEach(change -> {
                    if (change instanceof ObjectBatch.Commit commit) {
                        committed.add(commit.upload());
                    }
                });
                super.apply(batch);
            }
        };
        ObjectStore timed = StorageMetrics.over(watched, "test", metrics);
        ObjectStore view = PrefixedObjectStore.of(timed, KeyPrefix.of("view/"));
        for (ObjectStore store : List.of(timed, view)) {
            ObjectUpload upload = store.startUpload(ObjectKey.of("staging"));
            upload.append(0, new ByteArrayInputStream(new byte[100]));
            store.apply(ObjectBatch.builder()
                    .mark(ObjectKey.of("mark"))
                    .commit(upload, KEY, 100)
                    .build());
            assertThat(store.stat(KEY).map(ObjectStat::size)).hasValue(100L);
        }

        assertThat(committed).containsExactlyElementsOf(started);
        assertThat(metrics.toText())
                .contains("registry_storage_uploaded_bytes_total{driver=\"test\"} 200\n")
                .contains("registry_storage_uploads_in_flight{driver=\"test\"} 0\n")
                .contains("registry_storage_action_seconds_count{action=\"Move\",driver=\"test\"} 2\n");
    }

    @Test
    void anUploadThatArrivesIsInFlight() throws Exception {
        ObjectStore timed = StorageMetrics.over(MemoryObjectStore.create(), "test", metrics);
        List<String> during = new ArrayList<>();
        timed.startUpload(ObjectKey.of("staging")).append(0, new InputStream() {
            @Override
            public int read() {
                during.add(metrics.toText());
                return -1;
            }
        });
        assertThat(during.get(0)).contains("registry_storage_uploads_in_flight{driver=\"test\"} 1\n");
    }

    @Test
    void failuresOfTheStoreAreCountedAndThoseOfOthersAreNot() throws Exception {
        ObjectStore timed = StorageMetrics.over(MemoryObjectStore.create(), "test", metrics);
        timed.startUpload(ObjectKey.of("staging"));
        assertThatExceptionOfType(UploadConflictException.class)
                .isThrownBy(() -> timed.startUpload(ObjectKey.of("staging")));
        assertThat(metrics.toText()).doesNotContain("registry_storage_errors_total{");
        timed.close();
        assertThatIOException().isThrownBy(() -> timed.stat(KEY));
        assertThat(metrics.toText())
                .contains("registry_storage_errors_total{action=\"Stat\",driver=\"test\"} 1\n")
                .contains("registry_storage_action_seconds_count{action=\"Stat\",driver=\"test\"} 1\n");
    }

    @Test
    void hitsAndMissesOfTheCacheAreShown() {
        StorageRegistry registry = StorageRegistry.over(MemoryObjectStore.create());
        StorageMetrics.cache(registry::manifestCache, metrics);
        Repository repository = registry.repository(RepositoryName.parse("a"));
        Manifest image = new SampleImages(1).image(repository, List.of(100), Tag.parse("1"));
        long before = registry.manifestCache().misses();
        for (int i = 0; i < 5; i++) {
            repository.manifests().get(image.digest());
        }

        assertThat(registry.manifestCache().misses() - before).isEqualTo(1);
        assertThat(registry.manifestCache().hits()).isEqualTo(4);
        assertThat(registry.manifestCache().bytes()).isPositive();
        assertThat(metrics.toText())
                .contains("registry_storage_cache_total{type=\"Hit\"} 4\n")
                .contains("registry_storage_cache_total{type=\"Request\"} "
                        + (4 + registry.manifestCache().misses()) + "\n");
    }
}
