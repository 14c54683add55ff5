package dev.berth.registry.scan.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.scan.difference.ChangedPackage.Direction;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.TestReports;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageDifferenceTest {

    @Test
    void packagesAreAddedRemovedUpgradedAndDowngraded() {
        ImageDifference difference = between(
                List.of(deb("same", "1"), deb("gone", "1"), deb("up", "1.0~rc1"), deb("down", "1:1.0")),
                List.of(deb("same", "1"), deb("come", "1"), deb("up", "1.0"), deb("down", "2.0")));

        assertThat(names(difference.addedPackages())).containsExactly("come 1");
        assertThat(names(difference.removedPackages())).containsExactly("gone 1");
        assertThat(difference.changedPackages())
                .extracting(change -> change.after().found().name() + " " + change.direction())
                .containsExactly("down " + Direction.DOWNGRADED, "up " + Direction.UPGRADED);
        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void theSameNameInAnotherEcosystemIsAnotherPackage() {
        ImageDifference difference = between(
                List.of(deb("zlib", "1")), List.of(FoundPackage.of(PackageType.NPM, "zlib", "1", "package.json")));

        assertThat(difference.changedPackages()).isEmpty();
        assertThat(names(difference.removedPackages())).containsExactly("zlib 1");
        assertThat(names(difference.addedPackages())).containsExactly("zlib 1");
    }

    @Test
    void ofSeveralVersionsOnlyThoseThatDifferCount() {
        ImageDifference difference = between(
                List.of(npm("left-pad", "9.0.0", "a"), npm("left-pad", "10.0.0", "b"), npm("left-pad", "1.0.0", "c")),
                List.of(
                        npm("left-pad", "10.0.0", "d"),
                        npm("left-pad", "11.0.0", "e"),
                        npm("left-pad", "11.0.0", "f")));

        assertThat(difference.changedPackages())
                .extracting(change -> change.before().found().version() + " to "
                        + change.after().found().version())
                .containsExactly("1.0.0 to 11.0.0");
        assertThat(names(difference.removedPackages())).containsExactly("left-pad 9.0.0");
        assertThat(difference.addedPackages()).isEmpty();
    }

    @Test
    void versionsThatAreWrittenDifferentlyAreNeitherNewerNorOlder() {
        ImageDifference difference = between(
                List.of(FoundPackage.of(PackageType.MAVEN, "a:b", "1.0", "b.jar")),
                List.of(FoundPackage.of(PackageType.MAVEN, "a:b", "1.0.0", "b.jar")));

        assertThat(difference.changedPackages())
                .extracting(ChangedPackage::direction)
                .containsExactly(Direction.CHANGED);
    }

    @Test
    void findingsAreNewGoneOrTheSame() {
        Finding old = TestReports.finding("CVE-1", Severity.HIGH, "openssl", "3.0");
        Finding same = TestReports.finding("CVE-2", Severity.LOW, "zlib", "1.3");
        Finding sameLater = TestReports.finding("CVE-2", Severity.HIGH, "zlib", "1.4");
        Finding young = TestReports.finding("CVE-2", Severity.LOW, "curl", "8");

        ImageDifference difference =
                ImageDifference.between(image(List.of(), old, same), image(List.of(), sameLater, young));

        assertThat(difference.goneFindings()).containsExactly(old);
        assertThat(difference.sameFindings()).containsExactly(sameLater);
        assertThat(difference.newFindings()).containsExactly(young);
    }

    @Test
    void findingsOfAnImageThatWasNotScannedAreNotGone() {
        Finding old = TestReports.finding("CVE-1", Severity.HIGH, "openssl", "3.0");
        ScannedImage unscanned = new ScannedImage(
                TestReports.IMAGE,
                List.of(),
                new ImageInventory(Optional.empty(), List.of(), List.of()),
                Optional.empty());

        assertThat(ImageDifference.between(image(List.of(), old), unscanned).isEmpty())
                .isTrue();
    }

    @Test
    void layersAreSharedRemovedAndAdded() {
        ImageDifference difference =
                ImageDifference.between(layered("base", "app1"), layered("base", "app2", "config"));

        assertThat(difference.sharedLayers()).containsExactly(layer("base"));
        assertThat(difference.removedLayers()).containsExactly(layer("app1"));
        assertThat(difference.addedLayers()).containsExactly(layer("app2"), layer("config"));
        assertThat(difference.isEmpty()).isTrue();
    }

    private static ImageDifference between(List<FoundPackage> before, List<FoundPackage> after) {
        return ImageDifference.between(image(before), image(after));
    }

    private static ScannedImage image(List<FoundPackage> packages, Finding... findings) {
        List<ImagePackage> found = packages.stream()
                .map(one -> new ImagePackage(
                        one, one.packageUrl(Optional.empty()), Optional.empty(), Optional.of(TestReports.digest("l"))))
                .toList();
        return new ScannedImage(
                TestReports.IMAGE,
                List.of(),
                new ImageInventory(Optional.empty(), found, List.of()),
                Optional.of(TestReports.of(findings)));
    }

    private static ScannedImage layered(String... layers) {
        return new ScannedImage(
                TestReports.IMAGE,
                Stream.of(layers).map(ImageDifferenceTest::layer).toList(),
                new ImageInventory(Optional.empty(), List.of(), List.of()),
                Optional.empty());
    }

    private static Descriptor layer(String content) {
        return Descriptor.of(MediaTypes.OCI_LAYER_TAR_GZIP, TestReports.digest(content), content.length());
    }

    private static FoundPackage deb(String name, String version) {
        return FoundPackage.of(PackageType.DEB, name, version, "var/lib/dpkg/status");
    }

    private static FoundPackage npm(String name, String version, String path) {
        return FoundPackage.of(PackageType.NPM, name, version, path);
    }

    private static List<String> names(List<ImagePackage> packages) {
        return packages.stream()
                .map(one -> one.found().name() + " " + one.found().version())
                .toList();
    }
}
