package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventType;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.server.RegistryHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mirror as a layer between admission and engine, with all that belongs to it. */
class MirrorLayerTest {
    private static final Tag V1 = Tag.parse("v1");
    private static final RepositoryName MIRRORED = RepositoryName.parse("hub/team/app");

    private final HostedWorld world = new HostedWorld();
    private final MemoryObjectStore there = MemoryObjectStore.create();
    private final StorageRegistry upstream = StorageRegistry.over(there);
    private final AtomicReference<PullThrough> mirror = new AtomicReference<>();
    private final AtomicInteger maintained = new AtomicInteger();

    @AfterEach
    void close() {
        upstream.close();
        there.close();
        world.close();
    }

    private Registry layer(Registry engine, HostContext host) {
        StaleWarnings warnings = new StaleWarnings();
        PullThrough made = PullThrough.of(
                upstream,
                engine,
                host.store(),
                MirrorOptions.builder()
                        .prefix(RepositoryName.parse("hub"))
                        .clock(world.scheduler)
                        .listener(warnings)
                        .build());
        mirror.set(made);
        host.repeat("mirror", Duration.ofSeconds(30), () -> {
            made.maintain();
            maintained.incrementAndGet();
        });
        host.filter(warnings);
        host.onClose(made);
        return made;
    }

    @Test
    void whatIsPulledComesThroughTheMirrorAndIsAnEventOfTheClient() {
        Manifest image = world.images.image(upstream.repository(APP), List.of(100), V1);
        try (HostedRegistry hosted = world.builder().storage(this::layer).build()) {
            hosted.start();
            RegistryHandler handler = hosted.handler();

            assertThat(status(handler, "GET", "/v2/hub/team/app/manifests/v1")).isEqualTo(200);

            assertThat(world.eventTypes()).contains(EventType.MANIFEST_PULLED);
            assertThat(hosted.engine().repository(MIRRORED).manifests().find(image.digest()))
                    .isPresent();
            world.scheduler.advance(Duration.ofMinutes(1));
            assertThat(maintained).hasValue(2);
        }
        assertThatThrownBy(() -> mirror.get().repository(APP).tags().resolve(V1))
                .as("closed with the registry")
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void rulesHoldForWhatIsMirrored() {
        world.images.image(upstream.repository(APP), List.of(100), V1);
        TagRules locked = TagRules.of(TagRule.immutable("releases").tags("v*").build());
        try (HostedRegistry hosted =
                world.builder().storage(this::layer).rules(locked).build()) {
            RegistryHandler handler = hosted.handler();
            assertThat(status(handler, "GET", "/v2/hub/team/app/manifests/v1")).isEqualTo(200);

            assertThat(status(handler, "DELETE", "/v2/hub/team/app/manifests/v1"))
                    .isEqualTo(403);
        }
    }
}
