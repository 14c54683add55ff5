package dev.berth.registry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.metrics.Buckets;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.ProcessMetrics;
import dev.berth.registry.metrics.StorageMetrics;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsBinderTest {
    private final Metrics metrics = new Metrics();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void seriesThatAreThereAndThoseThatComeAreMeters() throws Exception {
        metrics.counter("early_total", "Before.").add(2);
        MetricsBinder.of(metrics).bindTo(meters);
        try (ObjectStore store = StorageMetrics.over(MemoryObjectStore.create(), "inmemory", metrics)) {
            store.stat(ObjectKey.of("a"));
            store.stat(ObjectKey.of("b"));
        }
        metrics.counter("early_total", "Before.").increment();

        assertThat(meters.get("early").functionCounter().count()).isEqualTo(3);
        assertThat(meters.get("registry.storage.action")
                        .tags("action", "Stat", "driver", "inmemory")
                        .functionTimer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("registry.storage.action").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void eachTypeIsTheMeterForIt() {
        MetricsBinder.of(metrics).bindTo(meters);
        metrics.gauges("room_bytes", "Room.", "disk").with("one").set(7.5);
        metrics.counter("moved_bytes_total", "Moved.").add(9);
        metrics.histogram("size_bytes", "Sizes.", Buckets.bytes(10)).observe(11);
        metrics.histogram("wait_seconds", "Times.", Buckets.seconds(1)).observe(1_500_000_000L);

        assertThat(meters.get("room").tag("disk", "one").gauge().value()).isEqualTo(7.5);
        assertThat(meters.get("room").gauge().getId().getBaseUnit()).isEqualTo("bytes");
        assertThat(meters.get("moved").functionCounter().count()).isEqualTo(9);
        assertThat(meters.get("size.count").functionCounter().count()).isEqualTo(1);
        assertThat(meters.get("size.sum").functionCounter().count()).isEqualTo(11);
        assertThat(meters.get("wait").functionTimer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(1.5);
        assertThat(meters.get("wait").functionTimer().getId().getDescription()).isEqualTo("Times.");
    }

    @Test
    void whatMicrometerHasItselfIsLeftOut() {
        MetricsBinder.of(metrics).leavingOut("registry_http_").bindTo(meters);
        ProcessMetrics.addTo(metrics);
        metrics.counter("registry_http_requests_total", "Requests.").increment();
        metrics.counter("registry_other_total", "Others.").increment();

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactly("registry.other");
    }
}
