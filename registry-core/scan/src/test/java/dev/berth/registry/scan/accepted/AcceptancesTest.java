package dev.berth.registry.scan.accepted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.TestReports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptancesTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Instant NOW = TestReports.SCANNED;
    private static final Finding OPENSSL =
            TestReports.finding("CVE-2026-1", Severity.HIGH, "openssl", "3.0", "GHSA-1", "DSA-7");
    private static final Finding ZLIB = TestReports.finding("CVE-2026-2", Severity.LOW, "zlib", "1.3");
    private static final Digest INDEX = TestReports.digest("index");

    @Test
    void findingsAreDividedIntoOpenAndAccepted() {
        Acceptance entry =
                Acceptance.of("CVE-2026-1", Status.ACCEPTED, "no TLS here").withAuthor("ada");

        JudgedReport judged = judge(entry);

        assertThat(judged.open()).containsExactly(ZLIB);
        assertThat(judged.accepted()).containsExactly(new AcceptedFinding(OPENSSL, entry));
        assertThat(judged.worst()).contains(Severity.LOW);
        assertThat(judged.expired()).isEmpty();
    }

    @Test
    void anyNameOfAFindingIsEnough() {
        assertThat(isAccepted(Acceptance.of("GHSA-1", Status.ACCEPTED, "r"))).isTrue();
        assertThat(isAccepted(Acceptance.of("dsa-7", Status.ACCEPTED, "r"))).isTrue();
        assertThat(isAccepted(Acceptance.of("CVE-2026-11", Status.ACCEPTED, "r")))
                .isFalse();
        assertThat(isAccepted(Acceptance.of("CVE-2026", Status.ACCEPTED, "r"))).isFalse();
    }

    @Test
    void anEntryMayBeForSomeRepositoriesImagesAndPackagesOnly() {
        Acceptance all = Acceptance.of("CVE-2026-1", Status.ACCEPTED, "r");

        assertThat(isAccepted(all.withRepositories(NamePattern.parse("team/*"))))
                .isTrue();
        assertThat(isAccepted(all.withRepositories(NamePattern.parse("other/**"))))
                .isFalse();
        assertThat(isAccepted(all.withImage(TestReports.IMAGE))).isTrue();
        assertThat(isAccepted(all.withImage(INDEX))).isTrue();
        assertThat(isAccepted(all.withImage(TestReports.digest("another")))).isFalse();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("openssl"))))
                .isTrue();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("open*")))).isTrue();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("*ss*l")))).isTrue();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("ssl")))).isFalse();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("openssl*openssl"))))
                .isFalse();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("pkg:deb/debian/openssl"))))
                .isTrue();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("pkg:deb/debian/openssl@3.0"))))
                .isTrue();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("pkg:deb/debian/openssl@3.1"))))
                .isFalse();
        assertThat(isAccepted(all.withPackages(PackagePattern.parse("pkg:apk/alpine/openssl"))))
                .isFalse();
    }

    @Test
    void anEntryThatHasExpiredHasNoEffectAndIsNamed() {
        Acceptance entry = Acceptance.of("CVE-2026-1", Status.ACCEPTED, "r").withExpiry(NOW);
        Acceptance other = Acceptance.of("CVE-2026-9", Status.ACCEPTED, "r").withExpiry(NOW);

        JudgedReport judged = judge(entry, other);

        assertThat(judged.open()).containsExactly(OPENSSL, ZLIB);
        assertThat(judged.expired()).containsExactly(entry);
        assertThat(Acceptances.of(List.of(entry, other)).expired(NOW)).containsExactly(entry, other);
        assertThat(isAccepted(entry.withExpiry(NOW.plusNanos(1)))).isTrue();
    }

    @Test
    void aNewerClaimEndsAnOlderOne() {
        Acceptance harmless =
                Acceptance.of("CVE-2026-1", Status.NOT_AFFECTED, "old").withSince(NOW.minusSeconds(9));
        Acceptance harmful = Acceptance.of("CVE-2026-1", Status.AFFECTED, "new").withSince(NOW.minusSeconds(5));

        assertThat(isAccepted(harmless)).isTrue();
        assertThat(isAccepted(harmless, harmful)).isFalse();
        assertThat(isAccepted(harmful, harmless)).isFalse();
        assertThat(isAccepted(harmful, harmless.withSince(NOW))).isTrue();
        assertThat(isAccepted(harmful, harmless.withSince(NOW.minusSeconds(5)))).isFalse();
    }

    @Test
    void aDecisionStandsWhateverIsClaimed() {
        Acceptance decision = Acceptance.of("CVE-2026-1", Status.ACCEPTED, "we know");
        Acceptance claim =
                Acceptance.of("CVE-2026-1", Status.AFFECTED, "vendor").withSince(NOW);

        assertThat(isAccepted(claim, decision)).isTrue();
        assertThat(isAccepted(claim, decision.withExpiry(NOW))).isFalse();
    }

    @Test
    void aFileHasEntriesWithReasons() {
        Acceptances read = read("""
                {"accepted": [
                  {"id": "CVE-2026-1", "package": "pkg:deb/debian/openssl", "repository": "team/**", "reason": "no TLS",
                   "by": "ada", "expires": "2026-11-28"},
                  {"ids": ["CVE-2026-2", "GHSA-2"], "image": "%s", "status": "not_affected", "reason": "unused",
                   "since": "2026-11-01T00:00:00Z", "expires": "2026-11-28T00:30:00Z"}
                ]}""".formatted(TestReports.IMAGE));

        assertThat(read.entries())
                .containsExactly(
                        Acceptance.of("CVE-2026-1", Status.ACCEPTED, "no TLS")
                                .withPackages(PackagePattern.parse("pkg:deb/debian/openssl"))
                                .withRepositories(NamePattern.parse("team/**"))
                                .withAuthor("ada")
                                .withExpiry(Instant.parse("2026-11-29T00:00:00Z")),
                        new Acceptance(
                                List.of("CVE-2026-2", "GHSA-2"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(TestReports.IMAGE),
                                Status.NOT_AFFECTED,
                                "unused",
                                "",
                                Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                                Optional.of(Instant.parse("2026-11-28T00:30:00Z"))));
        JudgedReport judged = read.judge(TestReports.of(OPENSSL, ZLIB), APP, Set.of(), NOW);
        assertThat(judged.open()).containsExactly(ZLIB);
        assertThat(judged.expired()).hasSize(1);
    }

    @Test
    void aFileThatCouldMeanSomethingElseIsRefused() {
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\"}]}", "accepted[0].reason is missing");
        assertRefused("{\"accepted\":[{\"reason\":\"r\"}]}", "accepted[0].id is missing");
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\",\"reason\":\"r\",\"packge\":\"x\"}]}", "packge is no field");
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\",\"reason\":\"r\",\"package\":\"\"}]}", "accepted[0].package");
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\",\"reason\":\"r\",\"expires\":\"soon\"}]}", "a day or a time");
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\",\"reason\":\"r\",\"status\":\"fine\"}]}", "status");
        assertRefused("{\"accepted\":[{\"id\":\"CVE-1\",\"reason\":\"r\",\"repository\":\"Team\"}]}", "repository");
        assertRefused("{\"accepted\":[{\"id\":\" \",\"reason\":\"r\"}]}", "must not be empty");
        assertRefused("{}", "no list of accepted findings");
        assertRefused("[", "malformed");
    }

    @Test
    void aHundredThousandEntriesAreLookedUpByTheirIds() {
        List<Acceptance> entries = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            entries.add(Acceptance.of("CVE-2025-" + i, Status.NOT_AFFECTED, "r"));
            findings.add(TestReports.finding("CVE-2025-" + (i + 50_000), Severity.LOW, "p", "1"));
        }
        Acceptances list = Acceptances.of(entries);

        JudgedReport judged = list.judge(TestReports.of(findings.toArray(new Finding[0])), APP, Set.of(), NOW);

        assertThat(judged.accepted()).hasSize(50_000);
    }

    private static boolean isAccepted(Acceptance... entries) {
        return !judge(entries).open().contains(OPENSSL);
    }

    private static JudgedReport judge(Acceptance... entries) {
        return Acceptances.of(List.of(entries)).judge(TestReports.of(OPENSSL, ZLIB), APP, Set.of(INDEX), NOW);
    }

    private static Acceptances read(String json) {
        return Acceptances.read(json.getBytes(UTF_8));
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
