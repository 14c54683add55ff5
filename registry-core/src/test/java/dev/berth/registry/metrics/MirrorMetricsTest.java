package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.MirrorListener.Kind;
import dev.berth.registry.mirror.MirrorStatus;
import dev.berth.registry.mirror.StaleAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MirrorMetricsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final RegistryException FAILURE = RegistryException.of(ErrorCode.UNAVAILABLE, "no");

    private final Metrics metrics = new Metrics();

    /** Counts one of everything. */
    static void all(MirrorMetrics mirrors) {
        MirrorListener listener = mirrors.listener("hub");
        for (Kind kind : Kind.values()) {
            listener.requested(APP, kind, true);
            listener.requested(APP, kind, false);
            listener.serving(APP, kind, 100);
            listener.downloaded(APP, kind, DIGEST, 70);
        }
        listener.checked(APP, Tag.parse("1"));
        listener.stale(new StaleAnswer(APP, "1", StaleAnswer.Reason.TIMED_OUT, Optional.empty(), "no answer"));
        listener.refused(APP);
        listener.resumed(APP, DIGEST, 10, FAILURE);
        listener.failed(APP, DIGEST, FAILURE);
        listener.evicted(APP, DIGEST, 3000);
        listener.rateLimit(new RateLimit(
                OptionalLong.of(100), 42, Optional.of(Duration.ofHours(6)), Optional.empty(), Instant.EPOCH));
        mirrors.show("hub", new MirrorStatus(7, 5000, 9000, 200, 2));
    }

    @Test
    void whatAMirrorDoesIsCounted() {
        all(MirrorMetrics.of(metrics));

        assertThat(metrics.toText())
                .contains(
                        "registry_proxy_requests_total{type=\"blob\"} 2\n",
                        "registry_proxy_hits_total{type=\"blob\"} 1\n",
                        "registry_proxy_misses_total{type=\"blob\"} 1\n",
                        "registry_proxy_pushed_bytes_total{type=\"blob\"} 100\n",
                        "registry_proxy_pulled_bytes_total{type=\"blob\"} 70\n",
                        "registry_proxy_requests_total{type=\"manifest\"} 2\n",
                        "registry_proxy_checks_total{mirror=\"hub\"} 1\n",
                        "registry_proxy_stale_total{mirror=\"hub\",reason=\"timed_out\"} 1\n",
                        "registry_proxy_refused_total{mirror=\"hub\"} 1\n",
                        "registry_proxy_resumed_downloads_total{mirror=\"hub\"} 1\n",
                        "registry_proxy_failed_downloads_total{mirror=\"hub\"} 1\n",
                        "registry_proxy_evicted_images_total{mirror=\"hub\"} 1\n",
                        "registry_proxy_evicted_bytes_total{mirror=\"hub\"} 3000\n",
                        "registry_proxy_rate_limit{mirror=\"hub\"} 100\n",
                        "registry_proxy_rate_limit_remaining{mirror=\"hub\"} 42\n",
                        "registry_proxy_images{mirror=\"hub\"} 7\n",
                        "registry_proxy_held_bytes{mirror=\"hub\"} 5000\n",
                        "registry_proxy_budget_bytes{mirror=\"hub\"} 9000\n",
                        "registry_proxy_arriving_bytes{mirror=\"hub\"} 200\n",
                        "registry_proxy_downloads{mirror=\"hub\"} 2\n");
    }

    @Test
    void aMirrorWithoutABudgetShowsNone() {
        MirrorMetrics.of(metrics).show("hub", new MirrorStatus(7, 5000, Long.MAX_VALUE, 0, 0));

        assertThat(metrics.toText())
                .doesNotContain("registry_proxy_budget_bytes{")
                .contains("registry_proxy_held_bytes");
    }
}
