package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import dev.berth.registry.scan.report.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images have a finding of a name. */
class FoundIndexTest {
    private final ScanWorld world = new ScanWorld();

    private Manifest push(ScanWorld.Node node, String repository, String tag, String id, String... aliases) {
        Manifest image = node.push(repository, tag);
        world.scanner.findings.put(image.digest(), List.of(TestScanner.finding(id, Severity.HIGH, "a", aliases)));
        node.run();
        return image;
    }

    /** With room for all, for some, and for none in memory. */
    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 3, 0})
    void imagesAreFoundByAnyNameInSmallAndCapitalLetters(int capacity) {
        ScanWorld.Node node = world.node(builder -> builder.indexCapacity(capacity));
        Manifest one = push(node, "team/a", "1", "GHSA-xx", "CVE-2026-1");
        Manifest two = push(node, "team/b", "1", "CVE-2026-1");
        push(node, "team/c", "1", "CVE-2026-2");
        ScanReports reports = node.scans.reports();
        for (String name : List.of("CVE-2026-1", "cve-2026-1", " CVE-2026-1 ")) {
            assertThat(reports.imagesWith(name, world.registry, 10))
                    .extracting(image -> image.image().digest())
                    .containsExactly(one.digest(), two.digest());
        }
        assertThat(reports.imagesWith("ghsa-XX", world.registry, 10)).hasSize(1);
        assertThat(reports.imagesWith("CVE-2026-1", world.registry, 1)).hasSize(1);
        assertThat(reports.imagesWith("CVE-2026-3", world.registry, 10)).isEmpty();
    }

    @Test
    void whatAnotherNodeHasFoundIsKnownAfterTenSeconds() {
        ScanWorld.Node first = world.node();
        ScanWorld.Node second = world.node();
        ScanReports reports = second.scans.reports();
        assertThat(reports.imagesWith("CVE-2026-1", world.registry, 10)).isEmpty();
        Manifest image = push(first, "team/a", "1", "CVE-2026-1");
        world.clock.advance(Duration.ofSeconds(11));
        assertThat(reports.imagesWith("CVE-2026-1", world.registry, 10)).hasSize(1);

        world.scanner.findings.put(image.digest(), List.of());
        first.scans.scan(world.registry.repository("team/a"), image.digest());
        first.run();
        assertThat(reports.imagesWith("CVE-2026-1", world.registry, 10))
                .as("each is looked up before it is told")
                .isEmpty();
    }

    @Test
    void aQuestionReadsNothingOfImagesThatDoNotHaveIt() {
        ScanWorld.Node node = world.node();
        push(node, "team/a", "1", "CVE-2026-1");
        node.scans.reports().imagesWith("CVE-2026-1", world.registry, 10);
        int before = node.store.count("open");
        node.scans.reports().imagesWith("CVE-2026-1", world.registry, 10);
        int alone = node.store.count("open") - before;
        for (int i = 0; i < 30; i++) {
            push(node, "team/b" + i, "1", "CVE-2026-2");
        }
        node.scans.reports().imagesWith("CVE-2026-1", world.registry, 10);
        before = node.store.count("open");
        world.clock.advance(Duration.ofSeconds(11));
        node.scans.reports().imagesWith("CVE-2026-1", world.registry, 10);
        assertThat(node.store.count("open") - before).isEqualTo(alone);
    }

    @Test
    void whoeverWantsAllImagesIsToldOfThoseWhereItIsAcceptedToo() {
        ScanWorld.Node node = world.node();
        Manifest image = push(node, "team/a", "1", "GHSA-xx", "CVE-2026-1");
        push(node, "team/b", "1", "CVE-2026-1");
        Acceptance inA = Acceptance.of("cve-2026-1", Status.NOT_AFFECTED, "it is not called")
                .withRepositories(NamePattern.parse("team/a"));
        ScanReports reports = node.scans.reports(() -> Acceptances.of(List.of(inA)));

        List<AffectedImage> all = reports.imagesWith("CVE-2026-1", name -> true, Optional.empty(), 10);

        assertThat(all).extracting(one -> one.findings().size()).containsExactly(0, 1);
        assertThat(all).extracting(one -> one.accepted().size()).containsExactly(1, 0);
        assertThat(all.get(0).image().digest()).isEqualTo(image.digest());
        assertThat(all.get(0).accepted().get(0).acceptance()).isEqualTo(inA);
        assertThat(reports.imagesWith("CVE-2026-1", world.registry, 10)).hasSize(1);
        assertThat(reports.imagesWith(
                        "CVE-2026-1", name -> true, Optional.of(all.get(0).image()), 10))
                .hasSize(1);
    }

    @Test
    void theTagsOfAnImageAreTold() {
        ScanWorld.Node node = world.node();
        Manifest image = push(node, "team/a", "1", "CVE-2026-1");
        node.repository("team/a").tags().put(Tag.parse("latest"), image.digest());
        assertThat(node.scans
                        .reports()
                        .imagesWith("CVE-2026-1", world.registry, 10)
                        .get(0)
                        .tags())
                .containsExactly(Tag.parse("1"), Tag.parse("latest"));
    }
}
