package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationListener;
import dev.berth.registry.mirror.replication.ReplicationRule;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replication of a registry that was put together, with another one. */
@Timeout(60)
class HostedReplicationTest {
    private static final Tag V1 = Tag.parse("v1");

    private final HostedWorld world = new HostedWorld();
    private final MemoryObjectStore there = MemoryObjectStore.create();
    private final StorageRegistry other = StorageRegistry.over(there);
    private final AtomicReference<Replication> replication = new AtomicReference<>();
    private final AtomicReference<Registry> local = new AtomicReference<>();
    private final CountDownLatch carried = new CountDownLatch(1);

    @AfterEach
    void close() {
        other.close();
        there.close();
        world.close();
    }

    private HostedRegistryBuilder replicating(ReplicationRule.Direction direction) {
        ReplicationListener listener = new ReplicationListener() {
            @Override
            public void carried(String rule, RepositoryName repository, Tag tag, Digest digest, long bytes) {
                carried.countDown();
            }
        };
        return world.builder().replication(pushed -> {
            local.set(pushed);
            replication.set(Replication.builder(pushed, world.store)
                    .rule(ReplicationRule.builder("west").direction(direction).build(), other)
                    .clock(world.scheduler)
                    .listener(listener)
                    .build());
            return replication.get();
        });
    }

    private Registry mirror(Registry pushed, HostContext host) {
        PullThrough mirror = PullThrough.of(
                other,
                pushed,
                host.store(),
                MirrorOptions.builder()
                        .name("hub")
                        .prefix(RepositoryName.parse("hub"))
                        .clock(world.scheduler)
                        .build());
        host.mirror(mirror);
        return mirror;
    }

    private Optional<Descriptor> carriedTag() {
        return other.repository(APP).tags().resolve(V1);
    }

    @Test
    void whatIsPushedIsToldToItAndCarriedOver() throws InterruptedException {
        try (HostedRegistry hosted =
                replicating(ReplicationRule.Direction.PUSH).build()) {
            hosted.start();
            world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1);

            assertThat(carried.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(carriedTag()).isPresent();
        }
        assertThatThrownBy(() -> replication.get().run())
                .as("closed with the registry")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatItBringsIsPublishedInItsNameAndKeepsToRules() {
        TagRules locked = TagRules.of(TagRule.immutable("releases").tags("v*").build());
        try (HostedRegistry hosted =
                replicating(ReplicationRule.Direction.PULL).rules(locked).build()) {
            world.images.image(other.repository(APP), List.of(100), V1);
            replication.get().run();
            Optional<Descriptor> first = hosted.engine().repository(APP).tags().resolve(V1);
            assertThat(first).isPresent();
            assertThat(world.events)
                    .isNotEmpty()
                    .extracting(RegistryEvent::actor)
                    .containsOnly("berth replication");

            world.images.image(other.repository(APP), List.of(200), V1);
            replication.get().run();
            assertThat(hosted.engine().repository(APP).tags().resolve(V1)).isEqualTo(first);
        }
    }

    @Test
    void whatAMirrorHasBroughtIsNotCarriedOver() {
        world.images.image(other.repository(APP), List.of(100), V1);
        try (HostedRegistry hosted = replicating(ReplicationRule.Direction.PUSH)
                .mirrors(this::mirror)
                .build()) {
            assertThat(HostedWorld.status(hosted.handler(), "GET", "/v2/hub/team/app/manifests/v1"))
                    .isEqualTo(200);
            assertThat(pushBlob(hosted.handler(), 10)).isEqualTo(201);
            world.images.image(hosted.registry("ci").repository("team/own"), List.of(100), V1);

            assertThat(hosted.views().registry().repositories()).hasSize(2);
            assertThat(local.get().repositories()).containsExactly(RepositoryName.parse("team/own"));
            replication.get().run();

            assertThat(other.repository("team/own").tags().resolve(V1)).isPresent();
            assertThat(other.repository("hub/team/app").tags().resolve(V1)).isEmpty();
        }
    }

    @Test
    void itAsksNoMirrorForWhatIsNotHere() {
        world.images.image(other.repository(APP), List.of(100), V1);
        try (HostedRegistry hosted = replicating(ReplicationRule.Direction.PUSH)
                .mirrors(this::mirror)
                .build()) {
            assertThat(local.get().repository("hub/team/app").tags().resolve(V1)).isEmpty();
            assertThat(hosted.registry("ci").repository("hub/team/app").tags().resolve(V1))
                    .isPresent();
        }
    }

    @Test
    void howItGoesIsShownInMetrics() {
        Metrics metrics = new Metrics();
        try (HostedRegistry hosted = replicating(ReplicationRule.Direction.PUSH)
                .metrics(metrics)
                .build()) {
            hosted.start();
            world.scheduler.advance(Duration.ofSeconds(15));

            assertThat(metrics.toText()).contains("registry_replication_up{rule=\"west\"} 1");
        }
    }

    @Test
    void aReadOnlyRegistryHasNone() {
        try (HostedRegistry hosted =
                replicating(ReplicationRule.Direction.PULL).readOnly().build()) {
            hosted.start();

            assertThat(replication.get()).isNull();
        }
    }

    @Test
    void oneThatCannotBeMadeKeepsTheRegistryFromBeingBuilt() {
        HostedRegistryBuilder builder = world.builder().replication(pushed -> {
            throw RegistryException.of(ErrorCode.UNSUPPORTED, "no such rule");
        });

        assertThatThrownBy(builder::build).hasMessageContaining("no such rule");
    }
}
