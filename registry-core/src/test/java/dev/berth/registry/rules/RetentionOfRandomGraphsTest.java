package dev.berth.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.SignatureTags;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of random images that list each other, refer to each other, are attached to each other and tagged, retention keeps exactly
 * those that a remaining tag holds, and those that were not to go.
 */
class RetentionOfRandomGraphsTest {
    private static final int GRAPHS = 60;

    /** A manifest, and what holds it. */
    private record Node(Manifest manifest, List<Manifest> parts, List<Manifest> subject) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsHeldStaysAndTheRestGoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < GRAPHS; i++) {
            graph(random, "seed " + seed + ", graph " + i);
        }
    }

    private static void graph(Random random, String which) {
        RulesWorld world = new RulesWorld();
        List<Node> nodes = new ArrayList<>();
        Map<String, Node> tags = new HashMap<>();
        int size = 2 + random.nextInt(10);
        for (int i = 0; i < size; i++) {
            Node node = node(world, random, nodes, i);
            nodes.add(node);
            for (int k = random.nextInt(3); k > 0; k--) {
                tags.put((random.nextBoolean() ? "go-" : "stay-") + random.nextInt(100), node);
            }
        }
        for (int k = random.nextInt(3); k > 0; k--) {
            Node image = nodes.get(random.nextInt(size));
            tags.put(
                    SignatureTags.of(image.manifest().digest())
                            .get(random.nextInt(3))
                            .value(),
                    nodes.get(random.nextInt(size)));
        }
        tags.forEach((tag, node) -> world.push(node.manifest(), tag));
        world.advance(48);
        boolean withUntagged = random.nextBoolean();
        Set<Digest> expected = withUntagged ? held(nodes, tags) : null;

        TagRule tagged = TagRule.delete("tags").tags("go-*").build();
        TagRule untagged = TagRule.delete("untagged")
                .when(RuleCondition.allOf(RuleCondition.untagged(), RuleCondition.pushedBefore(Duration.ofDays(1))));
        // Untagged parts are old: whatever nothing holds goes.
        if (withUntagged) {
            world.retain(tagged, untagged);
        } else {
            world.retain(tagged);
        }

        Set<Digest> left = new HashSet<>();
        nodes.stream()
                .filter(node -> world.has(node.manifest()))
                .forEach(node -> left.add(node.manifest().digest()));
        assertThat(left).as(which).containsAll(held(nodes, tags));
        if (expected != null) {
            assertThat(left).as(which).isEqualTo(expected);
        }
        assertThat(world.tags()).as(which).noneMatch(tag -> tag.startsWith("go-"));
        for (Map.Entry<String, Node> tag : tags.entrySet()) {
            if (tag.getKey().startsWith("stay-")) {
                assertThat(world.app.tags().resolve(Tag.parse(tag.getKey())).map(Descriptor::digest))
                        .as(which)
                        .contains(tag.getValue().manifest().digest());
            }
        }
    }

    private static Node node(RulesWorld world, Random random, List<Node> before, int number) {
        List<Manifest> parts = new ArrayList<>();
        List<Manifest> subject = new ArrayList<>();
        if (!before.isEmpty()) {
            for (int k = random.nextInt(3); k > 0; k--) {
                parts.add(before.get(random.nextInt(before.size())).manifest());
            }
            if (random.nextInt(3) == 0) {
                subject.add(before.get(random.nextInt(before.size())).manifest());
            }
        }
        Manifest manifest;
        if (parts.isEmpty()) {
            ImageManifest image = ImageManifest.of(RulesWorld.blob("node " + number), List.of());
            manifest = (subject.isEmpty()
                            ? image
                            : image.withSubject(subject.get(0).descriptor()))
                    .toManifest();
        } else {
            ImageIndex index = ImageIndex.of(
                            parts.stream().map(Manifest::descriptor).toList())
                    .withAnnotations(Map.of("n", Integer.toString(number)));
            manifest = (subject.isEmpty()
                            ? index
                            : index.withSubject(subject.get(0).descriptor()))
                    .toManifest();
        }
        world.push(manifest);
        return new Node(manifest, parts, subject);
    }

    /** Returns what the tags that stay hold: themselves, what is listed, what refers to it and what is attached to it. */
    private static Set<Digest> held(List<Node> nodes, Map<String, Node> tags) {
        Deque<Digest> waiting = new ArrayDeque<>();
        tags.forEach((tag, node) -> {
            if (tag.startsWith("stay-")) {
                waiting.add(node.manifest().digest());
            }
        });
        Set<Digest> held = new HashSet<>();
        while (!waiting.isEmpty()) {
            Digest digest = waiting.remove();
            if (held.add(digest)) {
                for (Node node : nodes) {
                    if (node.manifest().digest().equals(digest)) {
                        node.parts().forEach(part -> waiting.add(part.digest()));
                    }
                    if (node.subject().stream()
                            .anyMatch(subject -> subject.digest().equals(digest))) {
                        waiting.add(node.manifest().digest());
                    }
                }
                SignatureTags.of(digest).forEach(tag -> {
                    Node attached = tags.get(tag.value());
                    if (attached != null) {
                        waiting.add(attached.manifest().digest());
                    }
                });
            }
        }
        return held;
    }
}
