package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is deleted through rules, which stand in front of quotas, is counted. */
class QuotaBelowRulesTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final QuotaLimit LIMIT =
            new QuotaLimit(NamePattern.parse("team/**"), OptionalLong.of(10_000), OptionalLong.of(2));

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Node node = new Node(store, new AtomicLong(), LIMIT);
    private final RuleContext context = RuleContext.of(StorageRegistry.over(store));
    private final TagRules rules = TagRules.of(
            TagRule.immutable("releases").tags("v*").build(),
            TagRule.delete("prs").tags("pr-*").build());
    private final Registry registry = Immutable.of(node.registry, rules, context);
    private final Repository app = registry.repository(APP);

    private Manifest push(String tag) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[],\"annotations\":{\"for\":\"" + tag + "\"}}";
        Manifest manifest = Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
        app.manifests().put(manifest, Tag.parse(tag));
        return manifest;
    }

    private void assertUse(long bytes, long repositories) throws IOException {
        node.quotas.maintain();
        PatternUsage usage = node.quotas.usage().get(0);
        assertThat(usage.bytes()).isEqualTo(bytes);
        assertThat(usage.repositories()).isEqualTo(repositories);
        assertThat(Recounted.of(store)).isEqualTo(bytes == 0 ? Map.of() : Map.of(APP, bytes));
        assertThat(node.quotas.recount(repository -> {}).corrected()).isZero();
    }

    @Test
    void deletedThroughLocksItIsCounted() throws IOException {
        Manifest kept = push("main");
        Manifest image = push("other");
        assertUse(kept.size() + image.size(), 1);

        app.manifests().delete(image.digest());
        assertUse(kept.size(), 1);

        app.manifests().delete(kept.digest());
        assertUse(0, 0);
    }

    @Test
    void deletedByRetentionItIsCounted() throws IOException {
        Manifest locked = push("v1");
        Manifest image = push("pr-1");
        assertUse(locked.size() + image.size(), 1);

        Retention.of(registry, rules, context).run(Retention.Mode.DELETE, step -> {});

        assertThat(app.manifests().find(image.digest())).isEmpty();
        assertUse(locked.size(), 1);
    }
}
