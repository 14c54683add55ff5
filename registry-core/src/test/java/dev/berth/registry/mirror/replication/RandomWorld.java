package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.mirror.replication.ReplicationRule.Conflicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two or three registries that replicate each other, while clients push, move and delete at all of them, links are cut and lose
 * answers, events get lost, and nodes crash. A run depends on nothing but its seed.
 */
final class RandomWorld {
    private static final List<String> REPOSITORIES = List.of("team/app", "team/web");
    private static final List<String> TAGS = List.of("1", "2", "latest");

    private final Random random;
    private final World world = new World();
    private final List<Place> places = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<Place, World.Node> nodes = new HashMap<>();
    /** What clients were told last of each tag: empty if it was deleted. */
    private final Map<String, Optional<Digest>> acknowledged = new HashMap<>();

    /** What happened to tags, in order. */
    private final List<String> trace = new ArrayList<>();

    private final boolean decided;

    /** A rule from one place to another one. */
    private record Arrow(Place from, Place to, ReplicationRule rule, Link link) {}

    RandomWorld(long seed) {
        this.random = new Random(seed);
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            places.add(world.place("place-" + i));
        }
        // Of the places, the one with the lowest number may win.
        decided = random.nextInt(4) == 0;
        boolean ring = random.nextBoolean();
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                if (from != to && (!ring || to == (from + 1) % count)) {
                    arrows.add(arrow(from, to));
                }
            }
        }
        places.forEach(this::start);
    }

    private Arrow arrow(int from, int to) {
        ReplicationRule rule = ReplicationRule.builder("to-" + to)
                .deletions(true)
                .conflicts(decided ? from < to ? Conflicts.SOURCE : Conflicts.TARGET : Conflicts.REPORT)
                .build();
        return new Arrow(places.get(from), places.get(to), rule, new Link(places.get(to).registry));
    }

    private void start(Place place) {
        World.Node node = world.node(place, builder -> {
            builder.listener(tracing(place));
            arrowsOf(place).forEach(arrow -> builder.rule(arrow.rule(), arrow.link().registry));
            return builder;
        });
        nodes.put(place, node);
    }

    private ReplicationListener tracing(Place place) {
        return new ReplicationListener() {
            @Override
            public void carried(String rule, RepositoryName repository, Tag tag, Digest digest, long bytes) {
                note(repository + ":" + tag, place + " carries " + digest + " " + rule);
            }

            @Override
            public void deleted(String rule, RepositoryName repository, Tag tag) {
                note(repository + ":" + tag, place + " deletes it " + rule);
            }
        };
    }

    private void note(String tag, String what) {
        trace.add(tag + " at " + world.clock.instant() + ": " + what);
    }

    private void acknowledged(Place place, String tag, Optional<Digest> digest) {
        acknowledged.put(tag, digest);
        note(tag, "a client at " + place + digest.map(to -> " sets it to " + to).orElse(" deletes it"));
    }

    /** Lets everything happen at random, and then heals it, until all is quiet. */
    void run() {
        for (int i = 0; i < 80; i++) {
            step();
        }
        heal();
        for (int i = 0; i < 4; i++) {
            world.pass(World.INTERVAL, Duration.ofMinutes(1));
        }
    }

    private void step() {
        Place place = pick(places);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> push(place);
            case 3 -> retag(place);
            case 4 -> delete(place);
            case 5 -> trouble();
            case 6 -> {
                World.Node node = nodes.get(place);
                if (node.isDead()) {
                    start(place);
                } else if (random.nextInt(3) == 0) {
                    node.store.dieAt(1 + random.nextInt(30), random.nextBoolean());
                } else if (random.nextInt(3) == 0) {
                    dieAtCall(node, pick(arrowsOf(place)).link(), 1 + random.nextInt(40));
                } else {
                    node.hears = random.nextBoolean();
                }
            }
            case 7 -> world.clock.advance(Duration.ofSeconds(random.nextInt(1200)));
            default -> {
                world.clock.advance(Duration.ofSeconds(1));
                nodes.get(place).run();
            }
        }
    }

    /** Lets a node die in the middle of a copy. */
    private static void dieAtCall(World.Node node, Link link, int count) {
        int[] left = {count};
        link.before(() -> {
            if (node.isDead() || --left[0] == 0) {
                link.before(() -> {});
                if (!node.isDead()) {
                    node.die();
                    throw new NodeStore.Died();
                }
            }
        });
    }

    private List<Arrow> arrowsOf(Place place) {
        return arrows.stream().filter(arrow -> arrow.from() == place).toList();
    }

    private void push(Place place) {
        String repository = pick(REPOSITORIES);
        String tag = pick(TAGS);
        Manifest image = place.push(repository, tag);
        acknowledged(place, repository + ":" + tag, Optional.of(image.digest()));
    }

    /** Points a tag at what another one names, or itself: to set what is there already, or was before, is no change. */
    private void retag(Place place) {
        String repository = pick(REPOSITORIES);
        Optional<Digest> image = place.digest(repository, pick(TAGS));
        if (image.isPresent()) {
            String tag = pick(TAGS);
            place.repository(repository).tags().put(Tag.parse(tag), image.get());
            acknowledged(place, repository + ":" + tag, image);
            acknowledged.remove(repository + ":" + tag);
        }
    }

    private void delete(Place place) {
        String repository = pick(REPOSITORIES);
        String tag = pick(TAGS);
        if (random.nextInt(3) > 0) {
            if (place.delete(repository, tag)) {
                acknowledged(place, repository + ":" + tag, Optional.empty());
            }
        } else {
            place.digest(repository, tag)
                    .ifPresent(digest -> place.repository(repository)
                            .manifests()
                            .delete(digest)
                            .tags()
                            .forEach(gone -> acknowledged(place, repository + ":" + gone, Optional.empty())));
        }
    }

    private void trouble() {
        Link link = pick(arrows).link();
        switch (random.nextInt(3)) {
            case 0 -> link.cut(true);
            case 1 -> link.lose(30, random);
            default -> {
                link.cut(false);
                link.lose(0, random);
            }
        }
    }

    private void heal() {
        for (Arrow arrow : arrows) {
            arrow.link().cut(false);
            arrow.link().lose(0, random);
            arrow.link().before(() -> {});
        }
        for (Place place : places) {
            // One that is about to die dies now.
            if (!nodes.get(place).isDead()) {
                nodes.get(place).die();
            }
            start(place);
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Checks that all places have the same tags, or that the difference is told; and that images are whole. */
    void requireSameOrReported() {
        places.forEach(Place::requireComplete);
        Set<String> all = new TreeSet<>();
        places.forEach(place -> all.addAll(place.tags().keySet()));
        Set<String> told = told();
        for (String tag : all) {
            Set<Optional<Digest>> found = new HashSet<>();
            places.forEach(place -> found.add(Optional.ofNullable(place.tags().get(tag))));
            if (found.size() > 1 && !told.contains(tag)) {
                throw new AssertionError(tag + " differs, and nobody tells: " + states(tag));
            }
        }
        for (String tag : told) {
            Set<Optional<Digest>> found = new HashSet<>();
            places.forEach(place -> found.add(Optional.ofNullable(place.tags().get(tag))));
            if (found.size() == 1) {
                throw new AssertionError(tag + " is told to differ, and does not: " + states(tag));
            }
        }
    }

    /** Checks that what was pushed last is there where nobody decides against it. */
    void requireNothingLost() {
        if (decided) {
            return;
        }
        acknowledged.forEach((tag, last) -> {
            boolean kept = places.stream()
                    .anyMatch(
                            place -> Optional.ofNullable(place.tags().get(tag)).equals(last));
            if (last.isPresent() && !kept) {
                throw new AssertionError(tag + " was set to " + last.get() + ", which no place has: " + states(tag));
            }
        });
    }

    /** Checks that nothing is written any more, and that not more is read than comparisons need. */
    void requireQuiet() {
        int keys = REPOSITORIES.size() * TAGS.size();
        arrows.forEach(arrow -> arrow.link().forget());
        world.passInterval();
        for (Arrow arrow : arrows) {
            if (!arrow.link().writes.isEmpty()) {
                throw new AssertionError("It does not come to rest: " + arrow.link().writes);
            }
            // For each tag two comparisons at most begin within the time; each looks the tag up, and its image.
            if (arrow.link().reads.size() > 2 * 2 * keys) {
                throw new AssertionError("It reads too much: " + arrow.link().reads);
            }
        }
    }

    private Set<String> told() {
        Set<String> told = new TreeSet<>();
        for (World.Node node : nodes.values()) {
            for (ReplicationStatus status : node.replication.status()) {
                status.differences().forEach(found -> told.add(found.repository() + ":" + found.tag()));
                if (!status.failures().isEmpty()) {
                    throw new AssertionError("Something fails though nothing is broken: " + status.failures());
                }
            }
        }
        return told;
    }

    private String states(String tag) {
        StringBuilder text = new StringBuilder();
        trace.stream()
                .filter(line -> line.startsWith(tag + " "))
                .forEach(line -> text.append('\n').append(line));
        text.append('\n');
        places.forEach(place ->
                text.append(place).append('=').append(place.tags().get(tag)).append(' '));
        nodes.values().forEach(node -> text.append(node.replication.status()).append('\n'));
        return text.toString();
    }
}
