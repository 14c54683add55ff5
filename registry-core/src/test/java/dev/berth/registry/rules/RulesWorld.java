package dev.berth.registry.rules;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A registry in memory that takes images without their blobs, and a clock. */
final class RulesWorld {
    static final RepositoryName APP = RepositoryName.parse("team/app");

    final SettableClock clock = new SettableClock();
    final Map<Digest, Instant> pulls = new HashMap<>();
    final StorageRegistry registry = StorageRegistry.over(
            MemoryObjectStore.builder().clock(clock).build(),
            StorageOptions.builder().clock(clock).requireBlobs(false).build());
    final RuleContext context = RuleContext.of(registry)
            .withClock(clock)
            .withPulls(repository -> manifest -> Optional.ofNullable(pulls.get(manifest)));
    final Repository app = registry.repository(APP);
    private int images;

    static Tag tag(String name) {
        return Tag.parse(name);
    }

    static Descriptor blob(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(bytes), bytes.length);
    }

    /** Pushes an image that is like no other one. */
    Manifest image(String... tags) {
        return push(ImageManifest.of(blob("image " + images++), List.of()).toManifest(), tags);
    }

    Manifest push(Manifest manifest, String... tags) {
        app.manifests().put(manifest, Stream.of(tags).map(Tag::parse).toArray(Tag[]::new));
        return manifest;
    }

    Manifest index(List<Manifest> parts, String... tags) {
        List<Descriptor> entries = new ArrayList<>();
        parts.forEach(part -> entries.add(part.descriptor()));
        return push(
                ImageIndex.of(entries)
                        .withAnnotations(Map.of("n", Integer.toString(images++)))
                        .toManifest(),
                tags);
    }

    Manifest referrer(Manifest subject, String... tags) {
        return push(
                ImageManifest.of(blob("referrer " + images++), List.of())
                        .withSubject(subject.descriptor())
                        .toManifest(),
                tags);
    }

    void advance(long hours) {
        clock.advance(Duration.ofHours(hours));
    }

    List<String> tags() {
        List<String> names = new ArrayList<>();
        if (exists()) {
            app.tags().list().forEach(tag -> names.add(tag.value()));
        }
        return names;
    }

    private boolean exists() {
        return registry.repositories().stream().anyMatch(APP::equals);
    }

    boolean has(Manifest manifest) {
        return app.manifests().find(manifest.digest()).isPresent();
    }

    /** Returns the outcome and the rule for each tag. */
    Map<String, String> decisions(TagRule... rules) {
        Map<String, String> decisions = new HashMap<>();
        Retention.of(registry, TagRules.of(rules), context)
                .explain(
                        APP,
                        decision -> decisions.put(
                                decision.tag().map(Tag::value).orElse("@"),
                                decision.outcome()
                                        + decision.rule()
                                                .map(rule -> " " + rule)
                                                .orElse("")));
        return decisions;
    }

    RetentionReport retain(TagRule... rules) {
        return Retention.of(registry, TagRules.of(rules), context).run(Retention.Mode.DELETE, step -> {});
    }
}
