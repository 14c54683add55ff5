package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventoryReader;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.inventory.LayerInventory;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.UnscannableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BerthScannerTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final String STATUS = """
            Package: libssl3
            Status: install ok installed
            Source: openssl (3.5.0-1)
            Version: 3.5.0-1+b1
            Architecture: amd64

            """;
    private static final Map<String, byte[]> FILES = Map.of(
            "etc/os-release", bytes("ID=debian\nVERSION_ID=13\nNAME=Debian\nPRETTY_NAME=\"Debian GNU/Linux 13\"\n"),
            "var/lib/dpkg/status", bytes(STATUS),
            "app/node_modules/left/package.json", bytes("{\"name\":\"left\",\"version\":\"1.0.0\"}"));

    @TempDir
    private Path dir;

    private final TestImage images = new TestImage();
    private Database database;
    private BerthScanner scanner;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
        scanner = BerthScanner.of(database.index()).clock(() -> NOW);
    }

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void anImageIsComparedWithTheAdvisories() throws Exception {
        database.with(
                Osv.of("DEBIAN-CVE-2026-1", "Debian:13", "openssl", "3.5.1-1")
                        .names("upstream", "CVE-2026-1")
                        .severity("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
                Osv.of("CVE-2026-2", "npm", "left", "1.0.1"));
        Manifest image = images.push(FILES);

        ScanReport report = scanner.scan(images.repository(), image);

        assertThat(report.image()).isEqualTo(image.digest());
        assertThat(report.scanner()).isEqualTo(scanner.name()).startsWith("Berth ");
        assertThat(report.scannedAt()).isEqualTo(NOW);
        assertThat(report.gaps()).isEmpty();
        assertThat(report.findings()).extracting(Finding::id).containsExactly("CVE-2026-1", "CVE-2026-2");
        Finding worst = report.findings().get(0);
        assertThat(worst.packageName()).isEqualTo("libssl3");
        assertThat(worst.version()).isEqualTo("3.5.0-1+b1");
        assertThat(worst.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(worst.path()).contains("var/lib/dpkg/status");
    }

    @Test
    void aNewIndexCountsAtTheNextScan() throws Exception {
        database.with(Osv.of("CVE-2026-2", "npm", "left", "1.0.1"), Osv.of("A-1", "Debian:13", "other", "1"));
        Manifest image = images.push(FILES);
        assertThat(scanner.scan(images.repository(), image).findings()).hasSize(1);

        database.with(Osv.of("CVE-2026-3", "npm", "left", "1.0.2"));

        assertThat(scanner.scan(images.repository(), image).findings()).hasSize(2);
    }

    @Test
    void aKeptInventoryIsComparedWithoutTheImage() throws Exception {
        database.with(Osv.of("CVE-2026-2", "npm", "left", "1.0.1"));
        Manifest image = images.push(FILES);
        ImageInventory kept = InventoryReader.of(images.repository()).read(image);
        ScanReport scanned = scanner.scan(images.repository(), image);

        images.forget(image);

        assertThat(scanner.report(image.digest(), kept)).isEqualTo(scanned);
    }

    @Test
    void whereLayersAreKeptTheyAreNotReadAgain() throws Exception {
        database.with(Osv.of("CVE-2026-2", "npm", "left", "1.0.1"));
        Manifest image = images.push(FILES);
        Map<Digest, LayerInventory> all = new ConcurrentHashMap<>();
        LayerInventories kept = new LayerInventories() {
            @Override
            public Optional<LayerInventory> find(Digest layer) {
                return Optional.ofNullable(all.get(layer));
            }

            @Override
            public void keep(LayerInventory inventory) {
                all.put(inventory.layer(), inventory);
            }
        };
        BerthScanner keeping = scanner.inventories(InventorySource.layers(InventoryLimits.defaults(), kept));
        ScanReport first = keeping.scan(images.repository(), image);

        images.forget(image);

        assertThat(keeping.scan(images.repository(), image)).isEqualTo(first);
    }

    @Test
    void whatWasNotReadIsAGap() throws Exception {
        database.with(Osv.of("CVE-2026-2", "npm", "left", "1.0.1"));
        Manifest image = images.push(Map.of("app/node_modules/left/package.json", bytes("{")));

        assertThat(scanner.scan(images.repository(), image).gaps())
                .singleElement()
                .asString()
                .contains("app/node_modules/left/package.json");
    }

    @Test
    void anArtifactThatIsNoImageIsUnscannable() throws IOException {
        database.with();
        Manifest artifact = images.artifact();

        assertThatThrownBy(() -> scanner.scan(images.repository(), artifact))
                .isInstanceOf(UnscannableException.class)
                .hasMessageContaining("not an image");
    }

    @Test
    void withoutAnIndexTheScanFailsAndMaySucceedLater() throws Exception {
        Manifest image = images.push(FILES);

        assertThatThrownBy(() -> scanner.scan(images.repository(), image)).isInstanceOf(RegistryException.class);

        database.with(Osv.of("CVE-2026-2", "npm", "left", "1.0.1"));
        assertThat(scanner.scan(images.repository(), image).findings()).hasSize(1);
    }
}
