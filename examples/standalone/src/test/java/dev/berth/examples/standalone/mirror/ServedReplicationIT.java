package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two registries that replicate each other: two processes of {@code serve}, with their configuration and their commands. */
@Tag("any-jdk")
class ServedReplicationIT {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** A conflict is decided when it has stayed the same for half a minute, and the next comparison may see another one. */
    private static final Duration TO_AGREE = Duration.ofSeconds(100);

    private static final int IMAGES = 12;
    private static final int TAGS = 8;
    private static final List<String> REPOSITORIES = List.of("team/app", "team/tool", "other");

    private final List<TestImage> images = images();

    @TempDir
    Path directory;

    private List<Replica> replicas;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        replicas = Replica.pair(directory);
        for (Replica replica : replicas) {
            replica.start();
        }
    }

    @AfterEach
    void stop() {
        replicas.forEach(Replica::close);
    }

    private static List<TestImage> images() {
        List<TestImage> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(TestImage.random(100 + i, 2, 20_000));
        }
        return images;
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.holds()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(100);
        }
    }

    @Test
    void whatIsPushedMovedAndDeletedAtOneIsSoAtTheOther() throws IOException, InterruptedException {
        RegistryHttp one = replicas.get(0).http();
        RegistryHttp other = replicas.get(1).http();
        one.pushImage("team/app", "1.0", images.get(0));
        one.pushImage("team/app", "latest", images.get(0));
        other.pushImage("team/tool", "2.0", images.get(1));

        await(
                "what is pushed",
                () -> replicas.get(0).tags().size() == 3
                        && replicas.get(0).tags().equals(replicas.get(1).tags()));
        other.expectImage("team/app", "1.0", images.get(0));
        one.expectImage("team/tool", "2.0", images.get(1));

        // At the other one, so that the change goes the other way.
        other.pushImage("team/app", "latest", images.get(2));
        await(
                "the moved tag",
                () -> images.get(2)
                        .manifest()
                        .digest()
                        .equals(replicas.get(0).tags().get("team/app:latest")));
        RegistryHttp.expect(202, one.delete("/v2/team/app/manifests/1.0"));
        await("the deleted tag", () -> !replicas.get(1).tags().containsKey("team/app:1.0"));

        assertThat(replicas.get(0).command("run").successful().out()).contains("to-other", "push");
        assertThat(replicas.get(0).tags())
                .isEqualTo(replicas.get(1).tags())
                .containsOnlyKeys("team/app:latest", "team/tool:2.0");
        assertThat(replicas.get(0).reported()).isEmpty();
        assertThat(replicas.get(1).reported()).isEmpty();
    }

    @Test
    void whatWasPushedWhileTheOtherWasAwayIsThereWhenItIsBack() throws IOException, InterruptedException {
        replicas.get(1).kill();
        replicas.get(0).http().pushImage("team/app", "1.0", images.get(0));
        await(
                "the sentence that it is away",
                () -> replicas.get(0).command("status").successful().out().contains("127.0.0.1"));
        replicas.get(0).kill();

        replicas.get(1).start();
        replicas.get(0).start();

        await("what was pushed", () -> replicas.get(1).tags().containsKey("team/app:1.0"));
        replicas.get(1).http().expectImage("team/app", "1.0", images.get(0));
    }

    /** 20 seconds by default, and ten minutes with {@code -Dberth.replication.seconds=600}. */
    @Test
    void killedAtRandomTheyEndWithTheSameTagsOrSayWhatDiffers() throws Exception {
        long seed = Long.getLong("berth.test.seed", new Random().nextLong(1_000_000));
        Duration time = Duration.ofSeconds(Integer.getInteger("berth.replication.seconds", 20));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            RegistryHttp http = replicas.get(i).http();
            Random random = new Random(seed + i);
            Thread user = new Thread(() -> {
                while (!over.get()) {
                    change(http, random, changes);
                }
            });
            user.setDaemon(true);
            user.start();
            users.add(user);
        }
        Random killer = new Random(seed - 1);
        Instant end = Instant.now().plus(time);
        int kills = 0;
        while (Instant.now().isBefore(end)) {
            Thread.sleep(1000 + killer.nextInt(2500));
            Replica killed = replicas.get(killer.nextInt(replicas.size()));
            killed.kill();
            killed.start();
            kills++;
        }
        over.set(true);
        for (Thread user : users) {
            user.join(LONGEST.toMillis());
        }

        assertThat(changes.get())
                .as("changes that were answered, with seed %d", seed)
                .isPositive();
        Instant agreed = Instant.now().plus(TO_AGREE);
        await(
                "the same tags, or a report of what differs; seed " + seed,
                () -> differing().isEmpty() || Instant.now().isAfter(agreed) && isReported());
        System.out.println(changes + " changes, " + kills + " kills; of "
                + replicas.get(0).tags().size() + " tags " + differing().size() + " differ and are reported");
    }

    /** Makes one change, which may fail. */
    private void change(RegistryHttp http, Random random, AtomicInteger changes) {
        String repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
        String tag = "t" + random.nextInt(TAGS);
        TestImage image = images.get(random.nextInt(images.size()));
        try {
            if (random.nextInt(4) == 0) {
                http.send("DELETE", "/v2/" + repository + "/manifests/" + tag, HttpRequest.BodyPublishers.noBody());
            } else {
                for (Content blob : image.blobs()) {
                    http.pushBlob(repository, blob, "sha256");
                }
                http.pushManifest(repository, tag, image.manifest());
            }
            changes.incrementAndGet();
        } catch (IOException | AssertionError | RuntimeException e) {
            // Killed, or about to be: the next change is made at the next process.
            pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> differing() throws IOException, InterruptedException {
        Map<String, String> one = replicas.get(0).tags();
        Map<String, String> other = replicas.get(1).tags();
        Set<String> differing = new TreeSet<>();
        Set<String> all = new HashSet<>(one.keySet());
        all.addAll(other.keySet());
        for (String name : all) {
            if (!String.valueOf(one.get(name)).equals(other.get(name))) {
                differing.add(name);
            }
        }
        return differing;
    }

    private boolean isReported() throws IOException, InterruptedException {
        Set<String> differing = differing();
        Set<String> reported = new TreeSet<>();
        for (Replica replica : replicas) {
            reported.addAll(replica.reported());
        }
        return reported.containsAll(differing);
    }
}
