package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.pushBlob;
import static dev.berth.registry.host.HostedWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventType;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.server.RegistryHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mirror as a layer between admission and rules, with all that belongs to it. */
class MirrorLayerTest {
    private static final Tag V1 = Tag.parse("v1");
    private static final RepositoryName MIRRORED = RepositoryName.parse("hub/team/app");
    private static final String V1_OF_MIRROR = "/v2/hub/team/app/manifests/v1";
    private static final TagRules LOCKED =
            TagRules.of(TagRule.immutable("releases").tags("v*").build());

    private final HostedWorld world = new HostedWorld();
    private final MemoryObjectStore there = MemoryObjectStore.create();
    private final StorageRegistry upstream = StorageRegistry.over(there);
    private final AtomicReference<PullThrough> mirror = new AtomicReference<>();

    @AfterEach
    void close() {
        upstream.close();
        there.close();
        world.close();
    }

    private Registry layer(Registry pushed, HostContext host) {
        StaleWarnings warnings = new StaleWarnings();
        PullThrough made = PullThrough.of(
                upstream,
                pushed,
                host.store(),
                MirrorOptions.builder()
                        .name("hub")
                        .prefix(RepositoryName.parse("hub"))
                        .clock(world.scheduler)
                        .evictUnused(Duration.ofHours(1))
                        .listener(warnings)
                        .build());
        mirror.set(made);
        host.filter(warnings);
        host.mirror(made);
        return made;
    }

    private HostedRegistryBuilder mirroring() {
        return world.builder().mirrors(this::layer);
    }

    private Manifest upstreamImage() {
        return world.images.image(upstream.repository(APP), List.of(100), V1);
    }

    @Test
    void whatIsPulledComesThroughTheMirrorAndIsAnEventOfTheClient() {
        Manifest image = upstreamImage();
        try (HostedRegistry hosted = mirroring().build()) {
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);

            assertThat(world.eventTypes()).contains(EventType.MANIFEST_PULLED);
            assertThat(hosted.engine().repository(MIRRORED).manifests().find(image.digest()))
                    .isPresent();
        }
        assertThatThrownBy(() -> mirror.get().repository(APP).tags().resolve(V1))
                .as("closed with the registry")
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void itIsKeptToItsLimitsAndShownInMetrics() {
        Manifest image = upstreamImage();
        Metrics metrics = new Metrics();
        try (HostedRegistry hosted = mirroring().metrics(metrics).build()) {
            hosted.start();
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);

            world.scheduler.advance(Duration.ofMinutes(1));
            assertThat(metrics.toText()).contains("registry_proxy_images{mirror=\"hub\"} 1");

            world.scheduler.advance(Duration.ofHours(2));
            assertThat(metrics.toText()).contains("registry_proxy_images{mirror=\"hub\"} 0");
            assertThat(hosted.engine().repository(MIRRORED).manifests().find(image.digest()))
                    .as("evicted, since nobody uses it")
                    .isEmpty();
        }
    }

    @Test
    void rulesHoldForWhatIsPushedAndNotForWhatIsMirrored() {
        upstreamImage();
        try (HostedRegistry hosted = mirroring().rules(LOCKED).build()) {
            RegistryHandler handler = hosted.handler();
            world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1);
            assertThat(status(handler, "GET", V1_OF_MIRROR)).isEqualTo(200);

            assertThat(status(handler, "DELETE", "/v2/team/app/manifests/v1")).isEqualTo(403);
            assertThat(status(handler, "DELETE", V1_OF_MIRROR)).isEqualTo(202);
        }
    }

    @Test
    void quotasHoldForWhatIsPushedAndNotForWhatIsMirrored() {
        Manifest image = upstreamImage();
        try (HostedRegistry hosted = mirroring()
                .quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 1)))
                .build()) {
            RegistryHandler handler = hosted.handler();

            assertThat(pushBlob(handler, 10)).isEqualTo(403);
            assertThat(status(handler, "GET", "/v2/hub/team/app/manifests/" + image.digest()))
                    .isEqualTo(200);
        }
    }

    @Test
    void aGateJudgesAlsoWhatAMirrorHasBrought() {
        upstreamImage();
        try (HostedRegistry hosted = mirroring().build()) {
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);
        }
        HostLayer closedGate = (inner, host) -> ReadOnly.of(inner);
        try (HostedRegistry hosted = mirroring().admission(closedGate).build()) {
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);
            assertThat(status(hosted.handler(), "DELETE", V1_OF_MIRROR)).isEqualTo(405);
        }
    }

    @Test
    void pullsOfWhatIsMirroredAreCounted() {
        Manifest image = upstreamImage();
        try (HostedRegistry hosted =
                mirroring().countPulls(Duration.ofSeconds(30)).build()) {
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);

            assertThat(hosted.pulls().of(MIRRORED, image.digest())).isPresent();
        }
    }

    @Test
    void aReadOnlyRegistryServesWhatWasMirroredAndAsksNobody() {
        upstreamImage();
        try (HostedRegistry hosted = mirroring().build()) {
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);
        }
        mirror.set(null);
        try (HostedRegistry hosted = mirroring().readOnly().build()) {
            assertThat(mirror.get()).isNull();
            assertThat(status(hosted.handler(), "GET", V1_OF_MIRROR)).isEqualTo(200);
            assertThat(status(hosted.handler(), "GET", "/v2/hub/team/other/manifests/v1"))
                    .isEqualTo(404);
        }
    }
}
