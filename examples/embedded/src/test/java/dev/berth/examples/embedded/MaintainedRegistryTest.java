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
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintainedRegistryTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final TagRules RULES = TagRules.of(
            TagRule.immutable("releases").tags("v*").build(),
            TagRule.delete("pull-requests").tags("pr-*").build());
    private static final QuotaOptions LIMITS = QuotaOptions.of(QuotaLimit.bytes(NamePattern.parse("team/**"), 100_000));

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final MaintainedRegistry maintained = new MaintainedRegistry(store, LIMITS, RULES, events::addAll);
    private final Repository app = maintained.registry().repository("team/app");

    @AfterEach
    void close() {
        maintained.close();
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

    private List<EventType> types() {
        return events.stream().map(RegistryEvent::type).toList();
    }

    @Test
    void retentionDeletesAndPublishesEvents() {
        push("v1");
        push("pr-1");

        maintained.retain();

        assertThat(app.tags().resolve(Tag.parse("pr-1"))).isEmpty();
        assertThat(app.tags().resolve(Tag.parse("v1"))).isPresent();
        assertThat(types()).contains(EventType.TAG_DELETED, EventType.MANIFEST_DELETED);
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
    void aScrubPublishesWhatIsDamaged() throws IOException {
        push("v1");
        String hex = Digest.sha256(CONFIG).hex();
        ObjectKey data = ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        store.put(data, "[]".getBytes(StandardCharsets.UTF_8), PutCondition.always());

        maintained.scrubIfDue();

        assertThat(types()).contains(EventType.BLOB_DAMAGED);
        assertThat(app.blobs().find(Digest.sha256(CONFIG))).isEmpty();
        push("v1");
        assertThat(app.blobs().find(Digest.sha256(CONFIG))).isPresent();
    }

    @Test
    void aCollectionKeepsWhatIsNeeded() {
        push("v1");

        maintained.collect();
        maintained.maintain();

        assertThat(app.manifests().find(Tag.parse("v1"))).isPresent();
    }
}
