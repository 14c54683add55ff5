package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds while nodes die before or after any call of the store, share the work, and have stores that fail. */
@org.junit.jupiter.api.Tag("any-jdk")
class SeveralNodesTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    /** One node dies at its nth call while it is told of pushes, scans, and rescans; another one goes on. */
    @ParameterizedTest(name = "after the call: {0}")
    @ValueSource(booleans = {false, true})
    void aNodeThatDiesAtAnyCallLosesNothing(boolean after) {
        for (int call = 1; ; call++) {
            ScanWorld world = new ScanWorld();
            ScanWorld.Node first = world.node();
            Manifest old = world.images.image(world.registry.repository(APP), List.of(10), Tag.parse("old"));
            first.run();
            world.clock.advance(Duration.ofMinutes(20));
            first.store.dieAt(call, after);
            try {
                world.images.index(
                        first.repository("team/app"),
                        List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")),
                        Tag.parse("1"));
                first.push("team/app", "2");
                first.scans.rescanAll();
                first.run();
            } catch (NodeStore.Died e) {
                first.store.die();
            }
            boolean died = first.store.isDead();
            first.store.die();

            ScanWorld.Node second = world.node();
            world.pass(Duration.ofMinutes(20), Duration.ofSeconds(40));
            // The push may have been cut off before it was made.
            for (Tag tag : world.registry.repository(APP).tags().list()) {
                assertThat(second.scans
                                .reports()
                                .image(world.registry.repository(APP), tag)
                                .state())
                        .as("%s, died at call %d", tag, call)
                        .isEqualTo(Verdict.State.SCANNED);
            }
            assertThat(second.verdict("team/app", old).report()).isPresent();
            assertThat(world.names("_berth/scan/queue/"))
                    .as("died at call %d", call)
                    .isEmpty();
            if (!died) {
                assertThat(call).isGreaterThan(40);
                return;
            }
        }
    }

    /** The same process begins again after a death, without anybody else. */
    @Test
    void theQueueSurvivesARestart() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node first = world.node();
        Manifest image = first.push("team/app", "1");
        first.store.die();
        ScanWorld.Node again = world.node(builder -> builder.interval(Duration.ofDays(300)));
        assertThat(again.verdict("team/app", image).state()).isEqualTo(Verdict.State.PENDING);
        world.run();
        assertThat(again.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(world.scanner.times(image.digest())).isEqualTo(1);
    }

    @Test
    void anotherNodeTakesOverWhatADeadOneWasScanning() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node first = world.node();
        ScanWorld.Node second = world.node();
        Manifest image = first.push("team/app", "1");
        world.scanner.act = (repository, ignored) -> {
            first.store.die();
            throw new NodeStore.Died();
        };
        first.run();
        world.scanner.act = (repository, ignored) -> {};
        second.run();
        assertThat(world.scanner.times(image.digest())).as("it may be alive").isEqualTo(1);
        world.pass(Duration.ofSeconds(90), Duration.ofSeconds(5));
        assertThat(second.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(world.scanner.times(image.digest())).isEqualTo(2);
    }

    @Test
    void anImageAtWhichNodesDieIsGivenUp() {
        ScanWorld world = new ScanWorld();
        Manifest image = world.images.image(world.registry.repository(APP), List.of(10), Tag.parse("1"));
        ScanWorld.Node[] current = new ScanWorld.Node[1];
        world.scanner.act = (repository, ignored) -> {
            current[0].store.die();
            throw new NodeStore.Died();
        };
        for (int i = 0; i < 6; i++) {
            current[0] = world.node(builder -> builder.tries(3));
            world.pass(Duration.ofMinutes(3), Duration.ofSeconds(10));
        }
        assertThat(world.scanner.times(image.digest())).isEqualTo(3);
        Verdict verdict = current[0].verdict("team/app", image);
        assertThat(verdict.state()).isEqualTo(Verdict.State.FAILED);
        assertThat(verdict.reason()).contains("3 times");
    }

    /** It stood still for longer than its lease, and its work was given to another one. */
    @Test
    void aNodeThatComesBackLateChangesNothing() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node first = world.node();
        ScanWorld.Node second = world.node();
        Manifest image = first.push("team/app", "1");
        Digest digest = image.digest();
        world.scanner.act = (repository, ignored) -> {
            world.scanner.act = (r, i) ->
                    world.scanner.findings.put(digest, List.of(TestScanner.finding("CVE-2026-2", Severity.LOW, "a")));
            for (int i = 0; i < 30; i++) {
                second.run();
                world.clock.advance(Duration.ofSeconds(5));
            }
            assertThat(second.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
            // And it was deleted and pushed again since: the request of now is not that of then.
            second.scans.scan(world.registry.repository(APP), digest);
        };
        first.run();
        assertThat(world.scanner.times(digest)).isEqualTo(3);
        world.run();
        assertThat(second.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(world.names("_berth/scan/queue/")).isEmpty();
        assertThat(second.scans.reports().imagesWith("cve-2026-2", world.registry, 10))
                .hasSize(1);
    }

    @Test
    void twoNodesShareTheWorkAndScanNothingTwice() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node first = world.node();
        ScanWorld.Node second = world.node();
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? first : second).push("team/app" + i, "1");
            world.pass(Duration.ofSeconds(i % 3), Duration.ofSeconds(1));
        }
        world.pass(Duration.ofHours(1), Duration.ofSeconds(30));
        assertThat(world.scanner.scanned).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void aStoreThatFailsNowAndThenLosesNothing() {
        for (int every = 11; every < 40; every += 4) {
            ScanWorld world = new ScanWorld();
            ScanWorld.Node node = world.node();
            node.store.failEvery(every);
            for (int i = 0; i < 10; i++) {
                node.push("team/app" + i % 3, "t" + i);
                world.pass(Duration.ofSeconds(10), Duration.ofSeconds(10));
            }
            world.pass(Duration.ofMinutes(40), Duration.ofSeconds(20));
            node.store.failEvery(0);
            for (int i = 0; i < 3; i++) {
                var repository = world.registry.repository("team/app" + i);
                for (Tag tag : repository.tags().list()) {
                    assertThat(node.scans.reports().image(repository, tag).state())
                            .as("%s, a failure in %d calls", tag, every)
                            .isEqualTo(Verdict.State.SCANNED);
                }
            }
        }
    }

    /** Nobody waits for scans with a push. */
    @Test
    void aPushSucceedsWhileTheStoreOfScansFails() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node node = world.node();
        node.store.fail(true);
        Manifest image = node.push("team/app", "1");
        world.run();
        node.store.fail(false);
        assertThat(node.scans.status().problem()).isPresent();
        world.pass(Duration.ofMinutes(2), Duration.ofSeconds(20));
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(node.scans.status().problem()).isEmpty();
    }

    @Test
    void aReportIsKeptWhenTheStoreIsBackWithoutAnotherScan() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node node = world.node();
        Manifest image = node.push("team/app", "1");
        world.scanner.act = (repository, ignored) -> node.store.fail(true);
        world.run();
        node.store.fail(false);
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(world.scanner.times(image.digest())).isEqualTo(1);
    }
}
