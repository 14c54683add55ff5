package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.RetentionSchedule;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintainedRegistryTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration SOON = Duration.ofMillis(10);
    private static final TagRules RULES = TagRules.of(
            TagRule.immutable("releases").tags("v*").build(),
            TagRule.delete("pull-requests").tags("pr-*").build());
    private static final QuotaOptions LIMITS = QuotaOptions.of(QuotaLimit.bytes(NamePattern.parse("team/**"), 100_000));

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final BlockingQueue<RegistryEvent> events = new LinkedBlockingQueue<>();
    private final HostedRegistry hosted = MaintainedRegistry.over(store, LIMITS, RULES, events::addAll)
            .retention(new RetentionSchedule(SOON, RetentionOptions.defaults()))
            .scrub(new ScrubSchedule(SOON, ScrubOptions.defaults()))
            .build();
    private final Repository app = hosted.registry("test").repository("team/app");

    @AfterEach
    void close() {
        hosted.close();
        store.close();
    }

    private void push(String tag) {
        Digest config =
                app.blobs().push(Digest.sha256(CONFIG), BlobSource.of(CONFIG)).digest();
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\","
                        + "\"size\":2},\"layers\":[],\"annotations\":{\"tag\":\"%s\"}}";
        byte[] bytes = manifest.formatted(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, config, tag)
                .getBytes(StandardCharsets.UTF_8);
        app.manifests().put(Manifest.of(MediaTypes.OCI_MANIFEST, bytes), Tag.parse(tag));
    }

    private void await(EventType type) throws InterruptedException {
        RegistryEvent event;
        do {
            event = events.poll(1, TimeUnit.MINUTES);
            assertThat(event).as("event " + type).isNotNull();
        } while (!event.type().equals(type));
    }

    @Test
    void retentionDeletesAndPublishesEvents() throws InterruptedException {
        push("v1");
        push("pr-1");

        hosted.start();
        await(EventType.TAG_DELETED);

        assertThat(app.tags().resolve(Tag.parse("pr-1"))).isEmpty();
        assertThat(app.tags().resolve(Tag.parse("v1"))).isPresent();
    }

    @Test
    void whatIsLockedStays() {
        push("v1");

        assertThatThrownBy(() -> app.tags().delete(Tag.parse("v1"))).hasMessageContaining("releases");
    }

    @Test
    void quotasLimitWhatIsPushed() {
        byte[] large = new byte[200_000];

        assertThatThrownBy(() -> app.blobs().push(Digest.sha256(large), BlobSource.of(large)))
                .hasMessageContaining("team/**");
    }

    @Test
    void aScrubPublishesWhatIsDamaged() throws IOException, InterruptedException {
        push("v1");
        String hex = Digest.sha256(CONFIG).hex();
        ObjectKey data = ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        store.put(data, "[]".getBytes(StandardCharsets.UTF_8), PutCondition.always());

        hosted.start();
        await(EventType.BLOB_DAMAGED);

        assertThat(app.blobs().find(Digest.sha256(CONFIG))).isEmpty();
    }

    @Test
    void isServedWhileItIsUsed() throws IOException {
        try (MemoryObjectStore other = MemoryObjectStore.create()) {
            MaintainedRegistry.serve(
                    MaintainedRegistry.over(other, LIMITS, RULES, events::addAll),
                    uri -> assertThat(HostingTest.status(uri.resolve("/v2/"))).isEqualTo(200));
        }
    }
}
