package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.SampleImages;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two registries over sockets that replicate each other, while clients push, move and delete at both, and either is killed or
 * cut off at random. Some repositories are written to in one town only, one in both.
 */
@org.junit.jupiter.api.Tag("any-jdk")
class TwoTownsTest {
    private static final long SECONDS = Long.getLong("berth.replication.seconds", 5L);
    private static final long SEED = Long.getLong("berth.test.seed", 1L);

    private static final String BOTH = "team/both";

    private final Random random = new Random(SEED);
    private final SampleImages images = new SampleImages(SEED);
    /** What a client was told last of a tag: empty if it was deleted. What failed, or is nothing new, is not in it. */
    private final Map<String, Optional<Digest>> acknowledged = new HashMap<>();

    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    void endWithTheSameTagsOrTellWhatDiffers() throws Exception {
        List<Integer> ports = freePorts();
        try (Town east = new Town(ports.get(0));
                Town west = new Town(ports.get(1))) {
            List<Town> towns = List.of(east, west);
            east.start(ports.get(1));
            west.start(ports.get(0));
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            for (int i = 0; i < 60 || System.nanoTime() < end; i++) {
                int town = random.nextInt(2);
                step(i, town, towns.get(town), ports.get(1 - town));
            }
            towns.forEach(town -> town.cut(false));
            Set<String> told = awaitRest(towns);

            Map<String, Digest> tags = tags(east.stored());
            Map<String, Digest> others = tags(west.stored());
            Set<String> differ = differences(tags, others);
            System.out.println("Two registries for " + SECONDS + " s: " + counts + ", " + tags.size()
                    + " tags at the end, " + differ.size() + " differ and are told");
            assertThat(differ).isEqualTo(told).allSatisfy(tag -> assertThat(tag).startsWith(BOTH + ":"));
            acknowledged.forEach((tag, digest) -> {
                if (digest.isPresent()) {
                    assertThat(List.of(Optional.ofNullable(tags.get(tag)), Optional.ofNullable(others.get(tag))))
                            .as(tag)
                            .contains(digest);
                }
            });
            for (Town town : towns) {
                requireComplete(town.stored());
            }
            assertThat(counts).containsKeys("pushes", "deletions", "kills", "cuts");
        }
    }

    private static List<Integer> freePorts() throws Exception {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        }
    }

    private void step(int number, int index, Town town, int othersPort) throws Exception {
        String repository = random.nextInt(5) == 0 ? BOTH : "team/app-" + index + "-" + random.nextInt(2);
        String tag = "tag-" + random.nextInt(20);
        if (number % 50 == 30) {
            town.kill();
            town.start(othersPort);
            count("kills");
        } else if (number % 20 == 10) {
            town.cut(number % 40 == 10);
            count("cuts");
        } else if (random.nextInt(6) == 0) {
            delete(town, repository, tag);
        } else {
            push(town, repository, tag);
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void push(Town town, String repository, String tag) {
        String key = repository + ":" + tag;
        acknowledged.remove(key);
        Manifest image = images.image(town.registry().repository(repository), List.of(1000), Tag.parse(tag));
        acknowledged.put(key, Optional.of(image.digest()));
        count("pushes");
    }

    private void delete(Town town, String repository, String tag) {
        String key = repository + ":" + tag;
        acknowledged.remove(key);
        if (town.registry().repository(repository).tags().delete(Tag.parse(tag))) {
            acknowledged.put(key, Optional.empty());
            count("deletions");
        }
    }

    /** Waits until both tell that nothing is to be done, and returns what they tell to differ. */
    private static Set<String> awaitRest(List<Town> towns) throws InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (true) {
            Map<String, Digest> before = tags(towns.get(0).stored());
            Map<String, Digest> othersBefore = tags(towns.get(1).stored());
            Set<String> told = new TreeSet<>();
            boolean rest = true;
            List<Instant> compared = new ArrayList<>();
            for (Town town : towns) {
                ReplicationStatus status = town.status().get(0);
                rest &= status.queued() == 0
                        && status.failing() == 0
                        && status.progress().isEmpty();
                status.differences().forEach(found -> told.add(found.repository() + ":" + found.tag()));
                status.lastComparison().ifPresent(last -> compared.add(last.started()));
            }
            if (rest
                    && compared.size() == 2
                    && differences(before, othersBefore).equals(told)) {
                return told;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("They do not come to rest; they differ in " + differences(before, othersBefore)
                        + ", and tell: " + towns.get(0).status() + towns.get(1).status());
            }
            Thread.sleep(100);
        }
    }

    private static Set<String> differences(Map<String, Digest> tags, Map<String, Digest> others) {
        Set<String> all = new TreeSet<>(tags.keySet());
        all.addAll(others.keySet());
        all.removeIf(tag -> Optional.ofNullable(tags.get(tag)).equals(Optional.ofNullable(others.get(tag))));
        return all;
    }

    private static Map<String, Digest> tags(Registry registry) {
        Map<String, Digest> all = new TreeMap<>();
        for (RepositoryName name : registry.repositories()) {
            Repository repository = registry.repository(name);
            try {
                for (Tag tag : repository.tags().list()) {
                    repository
                            .tags()
                            .resolve(tag)
                            .map(Descriptor::digest)
                            .ifPresent(digest -> all.put(name + ":" + tag, digest));
                }
            } catch (RegistryException e) {
                // Its last manifest is gone meanwhile.
                continue;
            }
        }
        return all;
    }

    private static void requireComplete(Registry registry) {
        for (RepositoryName name : registry.repositories()) {
            Repository repository = registry.repository(name);
            repository
                    .tags()
                    .list()
                    .forEach(tag -> SampleImages.requireComplete(
                            repository, repository.tags().resolve(tag).orElseThrow()));
        }
    }
}
