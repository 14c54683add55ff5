package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.UnscannableException;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.sbom.SbomAttachment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one node does with images that are pushed, asked for, old, broken or deleted. */
class ScanServiceTest {
    private final ScanWorld world = new ScanWorld();

    @Test
    void anImageIsInTheQueueWhenItsPushReturnsAndScannedSoonAfter() {
        ScanWorld.Node node = world.node();
        Manifest image = node.push("team/app", "1");
        world.scanner.findings.put(
                image.digest(), List.of(TestScanner.finding("CVE-2026-1", Severity.HIGH, "openssl")));

        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.PENDING);
        assertThat(node.scans.status().waiting()).containsEntry(ScanPriority.PUSH, 1L);

        world.run();
        Verdict verdict = node.verdict("team/app", image);
        assertThat(verdict.state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(verdict.report().orElseThrow().findings())
                .extracting(finding -> finding.id())
                .containsExactly("CVE-2026-1");
        assertThat(node.scans.status().waiting()).containsEntry(ScanPriority.PUSH, 0L);
        assertThat(node.scans.status().scanned()).isEqualTo(1);
        assertThat(world.names("_berth/scan/queue/")).isEmpty();
    }

    @Test
    void anImageThatIsPushedAgainIsScannedOnce() {
        ScanWorld.Node node = world.node();
        Manifest image = node.push("team/app", "1");
        node.repository("team/app").manifests().put(image, Tag.parse("2"));
        assertThat(world.names("_berth/scan/queue/")).hasSize(1);
        world.run();
        node.repository("team/app").manifests().put(image, Tag.parse("3"));
        world.run();
        assertThat(world.scanner.times(image.digest())).isEqualTo(1);
    }

    @Test
    void whatSomebodyAsksForGoesFirstThenPushesThenRescans() {
        ScanWorld.Node node = world.node();
        Manifest old = node.push("team/old", "1");
        world.run();
        world.clock.advance(Duration.ofMinutes(1));
        node.scans.rescanAll();
        node.scans.step();
        world.scanner.scanned.clear();
        // The first turn has begun with the rescan: all of them wait from here on.
        node.scans.rescanAll();
        world.clock.advance(Duration.ofMinutes(1));
        node.scans.rescanAll();
        List<Digest> order = new ArrayList<>();
        Manifest pushed = node.push("team/b", "1");
        Manifest asked = node.push("team/c", "1");
        node.scans.scan(node.repository("team/c"), asked.digest());
        world.run();
        order.addAll(world.scanner.scanned);
        assertThat(order).containsExactly(asked.digest(), pushed.digest(), old.digest());
    }

    @Test
    void theImagesOfAnIndexAreScannedAndItsAttestationsAreNot() {
        ScanWorld.Node node = world.node();
        Repository repository = node.repository("team/app");
        Manifest amd = world.images.image(repository, Platform.of("linux", "amd64"), List.of(world.images.layer(10)));
        Manifest arm = world.images.image(repository, Platform.of("linux", "arm64"), List.of(world.images.layer(10)));
        Manifest attestation = world.images.referrer(repository, amd.descriptor(), "application/vnd.example");
        Manifest index = ImageIndex.of(List.of(
                        amd.descriptor().withPlatform(Platform.of("linux", "amd64")),
                        arm.descriptor().withPlatform(Platform.of("linux", "arm64")),
                        attestation.descriptor().withPlatform(Platform.of("unknown", "unknown"))))
                .toManifest();
        repository.manifests().put(index, Tag.parse("1"));
        world.run();

        assertThat(world.scanner.scanned).containsExactlyInAnyOrder(amd.digest(), arm.digest());
        ImageVerdict verdict = node.scans.reports().image(repository, Tag.parse("1"));
        assertThat(verdict.state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(verdict.platforms())
                .extracting(
                        platform -> platform.platform().map(Platform::toString).orElse("-"))
                .containsExactly("linux/amd64", "linux/arm64");
        assertThat(node.verdict("team/app", attestation).state()).isEqualTo(Verdict.State.UNSCANNABLE);
    }

    @Test
    void theImagesOfAnIndexAreFoundIfNobodyTold() {
        Repository silent = world.registry.repository("team/app");
        Manifest index = world.images.index(
                silent, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), Tag.parse("1"));
        ScanWorld.Node node = world.node();
        world.run();
        assertThat(world.scanner.scanned).hasSize(2);
        assertThat(node.scans.reports().image(silent, index.digest()).state()).isEqualTo(Verdict.State.SCANNED);
        world.pass(Duration.ofHours(2), Duration.ofMinutes(5));
        assertThat(world.scanner.scanned).as("each once").hasSize(2);
    }

    @Test
    void aScanThatFailsIsTriedAgainAfterATimeThatDoublesAndThenHasFailed() {
        ScanWorld.Node node =
                world.node(builder -> builder.tries(3).backoff(Duration.ofMinutes(1), Duration.ofHours(1)));
        world.scanner.act = (repository, image) -> {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The scanner is away; try later");
        };
        Manifest image = node.push("team/app", "1");
        world.run();
        assertThat(world.scanner.scanned).hasSize(1);
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.PENDING);
        world.pass(Duration.ofSeconds(50), Duration.ofSeconds(10));
        assertThat(world.scanner.scanned).hasSize(1);
        world.pass(Duration.ofSeconds(20), Duration.ofSeconds(10));
        assertThat(world.scanner.scanned).hasSize(2);
        world.pass(Duration.ofSeconds(100), Duration.ofSeconds(10));
        assertThat(world.scanner.scanned).hasSize(2);
        world.pass(Duration.ofSeconds(20), Duration.ofSeconds(10));
        assertThat(world.scanner.scanned).hasSize(3);

        Verdict verdict = node.verdict("team/app", image);
        assertThat(verdict.state()).isEqualTo(Verdict.State.FAILED);
        assertThat(verdict.reason()).isEqualTo("The scanner is away; try later");
        assertThat(node.scans.status().failed()).isEqualTo(3);
        world.pass(Duration.ofHours(2), Duration.ofMinutes(5));
        assertThat(world.scanner.scanned).as("given up").hasSize(3);
        assertThat(world.names("_berth/scan/queue/")).isEmpty();
    }

    @Test
    void whoeverAsksNeedNotWaitForTheNextTry() {
        ScanWorld.Node node = world.node();
        world.scanner.act = (repository, image) -> {
            throw new IllegalStateException("secret of somebody");
        };
        Manifest image = node.push("team/app", "1");
        world.run();
        world.scanner.act = (repository, ignored) -> {};
        node.scans.scan(node.repository("team/app"), Tag.parse("1"));
        world.run();
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
        assertThat(world.names("_berth/scan/queue/")).isEmpty();
    }

    @Test
    void whatAScannerDiesOfIsNotInTheReason() {
        ScanWorld.Node node = world.node(builder -> builder.tries(1));
        world.scanner.act = (repository, image) -> {
            throw new IllegalStateException("hunter2");
        };
        Manifest image = node.push("team/app", "1");
        world.run();
        assertThat(node.verdict("team/app", image).reason())
                .contains("IllegalStateException")
                .doesNotContain("hunter2");
    }

    @Test
    void anotherTimeThanItsOwnMayBeSaidByTheScanner() {
        ScanWorld.Node node = world.node();
        world.scanner.act = (repository, image) -> {
            throw RegistryException.builder(RegistryError.of(ErrorCode.TOOMANYREQUESTS, "Too many"))
                    .retryAfter(Duration.ofHours(3))
                    .build();
        };
        Manifest image = node.push("team/app", "1");
        world.pass(Duration.ofMinutes(170), Duration.ofMinutes(1));
        assertThat(world.scanner.times(image.digest())).isEqualTo(1);
        world.pass(Duration.ofMinutes(20), Duration.ofMinutes(1));
        assertThat(world.scanner.times(image.digest())).isEqualTo(2);
    }

    @Test
    void theLastReportStandsUntilItIsReplaced() {
        ScanWorld.Node node = world.node(builder -> builder.tries(1));
        Manifest image = node.push("team/app", "1");
        world.scanner.findings.put(image.digest(), List.of(TestScanner.finding("CVE-2026-1", Severity.LOW, "a")));
        world.run();
        world.scanner.act = (repository, ignored) -> {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Away");
        };
        node.scans.scan(node.repository("team/app"), image.digest());
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.PENDING);
        assertThat(node.verdict("team/app", image).report()).isPresent();
        world.run();
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.FAILED);
        assertThat(node.verdict("team/app", image).report()).isPresent();

        world.scanner.act = (repository, ignored) -> {};
        world.scanner.findings.put(image.digest(), List.of(TestScanner.finding("CVE-2026-2", Severity.LOW, "a")));
        node.scans.scan(node.repository("team/app"), image.digest());
        world.run();
        assertThat(node.verdict("team/app", image).report().orElseThrow().findings())
                .extracting(finding -> finding.id())
                .containsExactly("CVE-2026-2");
        assertThat(world.names("_berth/scan/found/")).hasSize(1);
    }

    @Test
    void whatIsNothingToScanIsSaidToBeSo() {
        ScanWorld.Node node = world.node();
        Manifest image = node.push("team/app", "1");
        Descriptor subject = image.descriptor();
        Manifest artifact = world.images.referrer(node.repository("team/app"), subject, "application/vnd.example.sbom");
        world.scanner.act = (repository, scanned) -> {
            throw new UnscannableException("The image is broken");
        };
        world.run();
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.UNSCANNABLE);
        assertThat(node.verdict("team/app", image).reason()).isEqualTo("The image is broken");
        assertThat(node.verdict("team/app", artifact).state()).isEqualTo(Verdict.State.UNSCANNABLE);
        assertThat(node.verdict("team/app", artifact).reason()).contains("application/vnd.example.sbom");
        assertThat(world.scanner.times(artifact.digest())).isZero();
    }

    @Test
    void everythingIsScannedAgainWhenThereIsMoreToKnow() {
        ScanWorld.Node node = world.node();
        Manifest one = node.push("team/a", "1");
        Manifest two = node.push("team/b", "1");
        world.run();
        world.clock.advance(Duration.ofMinutes(1));
        node.scans.rescanAll();
        world.run();
        assertThat(world.scanner.times(one.digest())).isEqualTo(2);
        assertThat(world.scanner.times(two.digest())).isEqualTo(2);
        assertThat(node.scans.status().rescan()).isPresent();
        world.pass(Duration.ofHours(1), Duration.ofMinutes(5));
        assertThat(world.scanner.times(one.digest())).isEqualTo(2);
    }

    @Test
    void anOldReportIsMadeAgain() {
        ScanWorld.Node node = world.node(builder -> builder.maxAge(Duration.ofDays(3)));
        Manifest image = node.push("team/a", "1");
        world.pass(Duration.ofDays(3), Duration.ofHours(6));
        assertThat(world.scanner.times(image.digest())).isEqualTo(1);
        world.pass(Duration.ofDays(2), Duration.ofHours(6));
        assertThat(world.scanner.times(image.digest())).isEqualTo(2);
    }

    @Test
    void imagesThatNobodyToldOfAreFoundByAComparison() {
        ScanWorld.Node node = world.node();
        world.run();
        Manifest image = world.images.image(world.registry.repository("team/app"), List.of(10), Tag.parse("1"));
        world.pass(Duration.ofMinutes(14), Duration.ofMinutes(1));
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.UNSCANNED);
        world.pass(Duration.ofMinutes(3), Duration.ofMinutes(1));
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
    }

    @Test
    void onlyChosenRepositoriesAreScannedByThemselves() {
        ScanWorld.Node node = world.node(builder -> builder.repositories(List.of(NamePattern.parse("team/*"))));
        Manifest inside = node.push("team/app", "1");
        Manifest outside = node.push("other/app", "1");
        world.pass(Duration.ofHours(1), Duration.ofMinutes(5));
        assertThat(world.scanner.scanned).containsExactly(inside.digest());
        node.scans.scan(node.repository("other/app"), outside.digest());
        world.run();
        assertThat(world.scanner.scanned).containsExactly(inside.digest(), outside.digest());
    }

    @Test
    void aDeletedImageIsForgotten() {
        ScanWorld.Node node = world.node();
        Manifest told = node.push("team/app", "1");
        Manifest silent = node.push("team/app", "2");
        Manifest kept = node.push("team/app", "3");
        world.run();
        node.repository("team/app").manifests().delete(told.digest());
        assertThat(node.verdict("team/app", told).state()).isEqualTo(Verdict.State.UNSCANNED);
        world.registry.repository("team/app").manifests().delete(silent.digest());
        assertThat(node.verdict("team/app", silent).state()).isEqualTo(Verdict.State.SCANNED);
        world.pass(Duration.ofHours(26), Duration.ofHours(1));
        assertThat(node.verdict("team/app", silent).state()).isEqualTo(Verdict.State.UNSCANNED);
        assertThat(node.verdict("team/app", kept).state()).isEqualTo(Verdict.State.SCANNED);
        for (String folder : List.of("images", "reports", "found")) {
            assertThat(world.names("_berth/scan/" + folder + "/")).as(folder).hasSize(1);
        }
    }

    @Test
    void anImageThatIsDeletedWhileItIsScannedLeavesNothing() {
        ScanWorld.Node node = world.node();
        world.scanner.act =
                (repository, image) -> node.repository("team/app").manifests().delete(image.digest());
        node.push("team/app", "1");
        world.run();
        for (String folder : List.of("images", "reports", "found", "queue")) {
            assertThat(world.names("_berth/scan/" + folder + "/")).as(folder).isEmpty();
        }
    }

    /** What is known of scans is no content of a registry, for whoever removes what nobody needs. */
    @Test
    void aCollectionOfEverythingLeavesWhatIsKnown() {
        ScanWorld.Node node = world.node();
        Manifest image = node.push("team/app", "1");
        world.run();
        List<String> before = world.names("_berth/scan/");
        try (Collector collector = Collector.over(
                world.store, CollectionOptions.builder().clock(world.clock).build())) {
            for (int i = 0; i < 3; i++) {
                collector.collect(CollectionScope.EVERYTHING);
                world.clock.advance(Duration.ofDays(2));
            }
        }
        assertThat(world.names("_berth/scan/")).isEqualTo(before);
        assertThat(node.verdict("team/app", image).report()).isPresent();
        SampleImages.requireComplete(world.registry.repository("team/app"), image.descriptor());
    }

    @Test
    void whatFollowsAScanDoesNotChangeIt() {
        List<String> followed = new ArrayList<>();
        ScanWorld.Node node = world.node(builder -> builder.onScanned((repository, image) -> {
            followed.add(repository.name() + " " + image.digest());
            throw new IllegalStateException("It fails");
        }));
        Manifest image = node.push("team/app", "1");
        world.run();
        assertThat(followed).containsExactly("team/app " + image.digest());
        assertThat(node.verdict("team/app", image).state()).isEqualTo(Verdict.State.SCANNED);
    }

    @Test
    void anSbomMayBeAttachedAfterAScan() {
        SbomAttachment attachment = SbomAttachment.of(
                InventorySource.layers(InventoryLimits.defaults(), StoredInventories.in(world.store, 1_000_000)));
        ScanWorld.Node node = world.node(builder -> builder.onScanned(attachment::attach));
        Manifest image = node.push("team/app", "1");
        world.run();
        assertThat(world.registry.repository("team/app").manifests().referrers(image.digest()).stream()
                        .map(referrer -> referrer.artifactType().orElseThrow()))
                .containsExactly("application/vnd.cyclonedx+json");
        assertThat(world.names("_berth/scan/inventories/")).hasSize(1);
    }

    @Test
    void aReportAboutAnotherImageIsAFailure() {
        ScanService scans = ScanService.builder(world.registry, world.store, new Scanner() {
                    @Override
                    public String name() {
                        return "Liar";
                    }

                    @Override
                    public ScanReport scan(Repository repository, Manifest image) {
                        return new ScanReport(
                                Digest.sha256(new byte[1]),
                                "Liar",
                                world.clock.instant(),
                                Optional.empty(),
                                List.of(),
                                List.of());
                    }
                })
                .tries(1)
                .executor(Runnable::run)
                .clock(world.clock)
                .build();
        Manifest image = world.images.image(world.registry.repository("team/app"), List.of(10), Tag.parse("1"));
        scans.step();
        scans.step();
        assertThat(scans.of(RepositoryName.parse("team/app"), image.digest()).reason())
                .contains("another image");
    }
}
