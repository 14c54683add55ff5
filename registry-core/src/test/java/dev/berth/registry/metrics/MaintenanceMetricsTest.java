package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.rules.RetentionReport;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MaintenanceMetricsTest {
    private final Metrics metrics = new Metrics();
    private final AtomicLong nanos = new AtomicLong();
    private final MaintenanceMetrics maintenance =
            MaintenanceMetrics.of(metrics, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")), nanos::get);

    @Test
    void runsAreCountedByOutcome() {
        String result = maintenance.run(MaintenanceTask.COLLECTION, () -> {
            nanos.addAndGet(1_500_000_000L);
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThatIllegalStateException()
                .isThrownBy(() -> maintenance.run(MaintenanceTask.SCRUB, () -> {
                    throw new IllegalStateException("no");
                }));

        assertThat(metrics.toText())
                .contains(
                        "registry_maintenance_runs_total{outcome=\"success\",task=\"collection\"} 1\n",
                        "registry_maintenance_runs_total{outcome=\"failure\",task=\"collection\"} 0\n",
                        "registry_maintenance_runs_total{outcome=\"failure\",task=\"scrub\"} 1\n",
                        "registry_maintenance_last_duration_seconds{task=\"collection\"} 1.5\n",
                        "registry_maintenance_last_success_timestamp_seconds{task=\"collection\"} 1.767323045e+09\n",
                        "registry_maintenance_last_success_timestamp_seconds{task=\"scrub\"} 0\n");
    }

    @Test
    void whatACollectionRemovesIsCounted() {
        CollectionListener listener = maintenance.collection(CollectionListener.NONE);
        Digest digest = Digest.sha256(new byte[0]);
        listener.removedData(digest, 100);
        listener.removedData(digest, 23);
        listener.removedLink(RepositoryName.parse("a"), digest);
        listener.broken("a", "b");
        assertThat(metrics.toText())
                .contains(
                        "registry_collection_removed_blobs_total 2\n",
                        "registry_collection_removed_bytes_total 123\n",
                        "registry_collection_removed_links_total 1\n",
                        "registry_collection_broken_total 1\n");
    }

    @Test
    void reportsAreCounted() {
        maintenance.retained(new RetentionReport(1, 0, 0, 0, 2, 3, 0, List.of("one")));
        maintenance.upkept(new MaintenanceReport(4, 5, 6));
        maintenance
                .scrub(new ScrubListener() {})
                .onProgress(new ScrubReport(Instant.EPOCH, Optional.empty(), false, 7, 8, 9, 0, List.of()));
        assertThat(metrics.toText())
                .contains(
                        "registry_retention_deleted_tags_total 2\n",
                        "registry_retention_deleted_manifests_total 3\n",
                        "registry_retention_failures_total 1\n",
                        "registry_uploads_expired_total 4\n",
                        "registry_deletions_completed_total 5\n",
                        "registry_trash_expired_total 6\n",
                        "registry_scrub_checked_links 7\n",
                        "registry_scrub_checked_blobs 8\n",
                        "registry_scrub_checked_bytes 9\n");
    }

    /** Also of what is added to the interfaces later. */
    @Test
    void theOtherListenerIsToldOfEverything() throws Exception {
        List<String> told = new ArrayList<>();
        assertForwards(
                CollectionListener.class, maintenance.collection(recorder(CollectionListener.class, told)), told);
    }

    private static <T> T recorder(Class<T> type, List<String> told) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    told.add(method.getName() + Arrays.toString(given == null ? new Object[0] : given));
                    return null;
                }));
    }

    private static void assertForwards(Class<?> type, Object listener, List<String> told) throws Exception {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isSynthetic() || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            told.clear();
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(parameter -> parameter == long.class
                            ? (Object) 5L
                            : parameter == String.class
                                    ? "text"
                                    : parameter == Digest.class
                                            ? Digest.sha256(new byte[0])
                                            : RepositoryName.parse("a"))
                    .toArray();
            method.invoke(listener, arguments);
            assertThat(told).containsExactly(method.getName() + Arrays.toString(arguments));
        }
    }
}
