package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.GateWorld.finding;
import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.signature.TrustedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How findings are weighed, and what an index is made of. */
class JudgedFindingsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final GateWorld world = new GateWorld();
    private final Digest image = world.image("v1").digest();

    private Repository limited(FindingLimit limit) {
        return world.gated(GateRule.named("limit").findings(limit).build());
    }

    private void assertDecided(boolean handedOut, Repository repository, Digest digest) {
        if (handedOut) {
            assertHandedOut(repository, digest);
        } else {
            assertDenied(repository, digest, "the rule 'limit'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOW, MEDIUM, false",
        "MEDIUM, MEDIUM, true",
        "HIGH, CRITICAL, false",
        "HIGH, HIGH, true",
        "CRITICAL, CRITICAL, true",
        "UNKNOWN, NEGLIGIBLE, false",
        "UNKNOWN, UNKNOWN, true"
    })
    void whatIsWorseThanTheLimitDenies(Severity limit, Severity found, boolean handedOut) {
        world.scanned(image, finding("CVE-1", found, Optional.empty()));

        assertDecided(handedOut, limited(FindingLimit.above(limit)), image);
    }

    @Test
    void anythingDeniesWhereNothingIsAllowed() {
        world.scanned(image, finding("CVE-1", Severity.UNKNOWN, Optional.empty()));

        assertDenied(limited(FindingLimit.none()), image, "there is a finding, CVE-1 (UNKNOWN)");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void whatHasNoFixMayNotCount(boolean fixedOnly, boolean handedOut) {
        world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));
        FindingLimit limit = FindingLimit.above(Severity.LOW);

        assertDecided(handedOut, limited(fixedOnly ? limit.withFixOnly() : limit), image);
    }

    @Test
    void theWorstIsTold() {
        world.scanned(
                image,
                finding("CVE-1", Severity.HIGH, Optional.empty()),
                finding("CVE-2", Severity.CRITICAL, Optional.of("3.1")),
                finding("CVE-3", Severity.LOW, Optional.of("3.1")));

        assertDenied(
                limited(FindingLimit.above(Severity.MEDIUM)),
                image,
                "there are 2 findings above MEDIUM, the worst CVE-2 (CRITICAL) in openssl 3.0.1, fixed in 3.1");
    }

    @Test
    void whatIsAcceptedDoesNotCount() {
        world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));
        Gate gate = Gate.of(
                world.engine,
                GatePolicy.of(
                        GateRule.named("limit").findings(FindingLimit.none()).build()),
                world.options()
                        .open((repository, report) -> report.findings().stream()
                                .filter(found -> !found.isCalled("CVE-1"))
                                .toList())
                        .build());

        assertHandedOut(gate.repository(GateWorld.REPOSITORY), image);
    }

    @Test
    void thereIsTimeToActOnWhatIsNew() {
        world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));
        Instant known = world.clock.instant();
        Gate gate = Gate.of(
                world.engine,
                GatePolicy.of(GateRule.named("limit")
                        .findings(FindingLimit.none().knownFor(DAY.multipliedBy(7)))
                        .build()),
                world.options()
                        .knownSince((repository, report, found) -> Optional.of(known))
                        .build());
        Repository repository = gate.repository(GateWorld.REPOSITORY);

        assertHandedOut(repository, image);
        world.clock.advance(DAY.multipliedBy(7));
        assertDenied(repository, image, "CVE-1");
    }

    @Test
    void whatIsKnownSinceNobodyKnowsWhenCountsAtOnce() {
        world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));

        assertDenied(limited(FindingLimit.none().knownFor(DAY)), image, "CVE-1");
    }

    @Test
    void anOldReportIsAsNone() {
        world.scanned(image);
        Repository repository = limited(FindingLimit.none().notOlderThan(DAY));
        assertHandedOut(repository, image);
        assertThat(world.scansWanted).isEmpty();

        world.clock.advance(DAY.plusSeconds(1));

        assertDenied(repository, image, "its last scan is of 2026-01-01T00:00:00Z, too long ago");
        assertThat(world.scansWanted).contains(image);
    }

    @Test
    void anOldReportDeniesWithWhatItHas() {
        world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));
        Repository repository = world.gated(GateRule.named("limit")
                .findings(FindingLimit.none().notOlderThan(DAY))
                .unscanned(Answer.allow())
                .build());
        world.clock.advance(DAY.multipliedBy(2));

        assertDenied(repository, image, "CVE-1");
    }

    @ParameterizedTest
    @CsvSource({"PENDING, true", "FAILED, true", "PENDING, false", "FAILED, false"})
    void theLastReportStandsWhateverBecomesOfTheNextScan(Verdict.State state, boolean clean) {
        world.scanned(image);
        if (!clean) {
            world.scanned(image, finding("CVE-1", Severity.CRITICAL, Optional.empty()));
        }
        Optional<ScanReport> report =
                Optional.ofNullable(world.verdicts.get(image)).flatMap(Verdict::report);
        world.verdicts.put(image, new Verdict(state, world.clock.instant(), report, "it was asleep"));

        assertDecided(clean, limited(FindingLimit.none()), image);
    }

    @Test
    void whatCouldNotBeReadIsAMatterOfTheRule() {
        world.scanned(image, world.clock.instant(), List.of("usr/lib/big.jar is too deep"));

        assertHandedOut(limited(FindingLimit.none()), image);
        assertDenied(
                world.gated(GateRule.named("limit")
                        .findings(FindingLimit.none())
                        .incomplete(Answer.deny())
                        .build()),
                image,
                "its scan is incomplete: usr/lib/big.jar is too deep");
    }

    @Test
    void aScanIsAskedForWhenAnImageIs() {
        assertDenied(limited(FindingLimit.none()), image, "it has not been scanned");

        assertThat(world.scansWanted).containsExactly(image);
    }

    @Test
    void whoIsAskedForAScanMayFail() {
        Gate gate = Gate.of(
                world.engine,
                GatePolicy.of(
                        GateRule.named("limit").findings(FindingLimit.none()).build()),
                world.options()
                        .onUnscanned((repository, digest) -> {
                            throw new IllegalStateException("no");
                        })
                        .build());

        assertDenied(gate.repository(GateWorld.REPOSITORY), image, "it has not been scanned");
    }

    @Test
    void anImageIsHeldAndThenRefused() {
        Repository repository = world.gated(GateRule.named("limit")
                .findings(FindingLimit.none())
                .unscanned(Answer.hold(Duration.ofMinutes(5), Answer.deny()))
                .build());
        assertDenied(
                repository, image, "it is held until 2026-01-01T00:05:00Z, and refused after that if nothing is known");
        world.clock.advance(Duration.ofMinutes(3));
        assertThat(Refusals.failure(() -> repository.manifests().get(image)).retryAfter())
                .contains(Duration.ofMinutes(2));

        world.clock.advance(Duration.ofMinutes(2));

        assertDenied(repository, image, "and the time to wait for it is over");
    }

    @Test
    void theFindingsOfEachImageAreThoseOfItsIndex() {
        Descriptor arm = world.image().withPlatform(Platform.of("linux", "arm64"));
        Descriptor inner = GateWorld.push(world.behind, GateWorld.index(arm));
        Descriptor index = GateWorld.push(
                world.behind,
                ImageIndex.of(List.of(
                                world.behind
                                        .manifests()
                                        .find(image)
                                        .orElseThrow()
                                        .withPlatform(Platform.of("linux", "amd64")),
                                inner))
                        .toManifest());
        world.scanned(image);
        world.scanned(arm.digest(), finding("CVE-1", Severity.CRITICAL, Optional.empty()));

        assertDenied(
                limited(FindingLimit.none()),
                index.digest(),
                "of its image linux/arm64 " + arm.digest() + ": there is a finding, CVE-1");

        Repository forAmd = world.gated(GateRule.named("limit")
                .findings(FindingLimit.none())
                .platforms(Platform.of("linux", "amd64"))
                .build());
        assertHandedOut(forAmd, index.digest());
        assertHandedOut(forAmd, image);
        assertDenied(forAmd, arm.digest(), "CVE-1");
    }

    @Test
    void whatAnIndexListsAndIsNotHereDoesNotCount() {
        StoredWithoutChecks stored = new StoredWithoutChecks(
                world, GateRule.named("limit").findings(FindingLimit.none()).build());
        Descriptor here = GateWorld.pushImage(stored.behind);
        Descriptor elsewhere = Descriptor.of(here.mediaType(), Digest.sha256(new byte[] {1}), 1);
        world.scanned(here.digest());

        Descriptor index = GateWorld.push(stored.behind, GateWorld.index(here, elsewhere));
        Descriptor empty = GateWorld.push(stored.behind, GateWorld.index(elsewhere));

        assertHandedOut(stored.gated, index.digest());
        assertThat(world.scansWanted).isEmpty();
        assertDenied(stored.gated, empty.digest(), "it lists no image that is here");
    }

    @Test
    void anIndexWithTooManyImagesIsRefused() {
        StoredWithoutChecks stored = new StoredWithoutChecks(
                world, GateRule.named("limit").findings(FindingLimit.none()).build());
        Descriptor[] many = new Descriptor[501];
        for (int i = 0; i < many.length; i++) {
            many[i] = Descriptor.of(
                    "application/vnd.oci.image.manifest.v1+json",
                    Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)}),
                    1);
        }
        Descriptor index = GateWorld.push(stored.behind, GateWorld.index(many));

        assertDenied(stored.gated, index.digest(), "it lists more images than are judged");
    }

    @Test
    void everyRuleMustAgree() {
        world.scanned(image);
        world.sign(world.behind.manifests().find(image).orElseThrow());
        GateRule clean = GateRule.named("clean").findings(FindingLimit.none()).build();
        GateRule strangers = GateRule.named("strangers")
                .signedBy(SignedBy.anyOf(TrustedKey.of("stranger", GateWorld.STRANGER.publicKey())))
                .build();

        assertHandedOut(world.gated(clean, GateWorld.signedRule()), image);
        assertDenied(world.gated(clean, GateWorld.signedRule(), strangers), image, "the rule 'strangers'");

        GateWorld.sign(GateWorld.STRANGER, world.behind, image);
        assertHandedOut(world.gated(clean, GateWorld.signedRule(), strangers), image);
    }
}
