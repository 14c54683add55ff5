package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.found.InventoryLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Layers that are made to harm their readers. */
@Tag("any-jdk")
class HostileLayersTest {
    private static final String GOOD = "good-1.egg-info";
    private static final String PACKAGE = "Name: good\nVersion: 1\n";

    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    private LayerInventory read(byte[] layer, InventoryLimits limits) {
        return InventoryReader.of(images.repository()).limits(limits).readLayer(images.push(layer));
    }

    private LayerInventory read(byte[] layer) {
        return read(layer, InventoryLimits.defaults());
    }

    private static void assertFinds(LayerInventory inventory, String reason) {
        assertThat(inventory.packages()).extracting(found -> found.name()).containsExactly("good");
        assertThat(inventory.reasons()).first().asString().contains(reason);
    }

    @Test
    void aBombEndsAtTheLimitOfBytes() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] tar =
                TestLayer.of(GOOD, PACKAGE).file("zeros", new byte[1 << 20]).tar();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(tar, 0, tar.length - 1024);
            TestLayer zeros = new TestLayer().file("more", new byte[16 << 20]);
            gzip.write(zeros.tar());
        }

        LayerInventory inventory = read(
                bomb.toByteArray(),
                InventoryLimits.builder().maxLayerBytes(8 << 20).build());

        assertFinds(inventory, "more than 8388608 bytes after decompression");
    }

    @Test
    void moreThanAMillionEntriesEndAtTheirLimit() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] entry = Arrays.copyOf(TestLayer.of("x.jar", "").tar(), 512);
        ByteArrayOutputStream thousand = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            thousand.writeBytes(entry);
        }
        byte[] member = TestLayer.gzip(thousand.toByteArray());
        bytes.writeBytes(
                TestLayer.gzip(Arrays.copyOf(TestLayer.of(GOOD, PACKAGE).tar(), 1024)));
        for (int i = 0; i < 1001; i++) {
            bytes.writeBytes(member);
        }

        assertFinds(read(bytes.toByteArray()), "more than 1000000 entries");
    }

    @Test
    void pathsThatEscapeAreTakenToBeInTheImage() {
        Path outside = Path.of("/tmp/escaped-1.egg-info");
        LayerInventory inventory = read(new TestLayer()
                .file("../../../../tmp/escaped-1.egg-info", PACKAGE)
                .file("/a/../../etc/os-release", "ID=debian\n")
                .symbolicLink("up", "../../../..")
                .file("up/b-1.egg-info", "Name: b\nVersion: 1\n")
                .hardLink("c-1.egg-info", "../../tmp/escaped-1.egg-info")
                .whiteout("../../x")
                .gzip());

        assertThat(Files.exists(outside)).isFalse();
        assertThat(inventory.packages())
                .extracting(found -> found.path())
                .containsExactlyInAnyOrder("tmp/escaped-1.egg-info", "up/b-1.egg-info", "c-1.egg-info");
        assertThat(ImageInventory.merge(List.of(inventory)).packages())
                .hasSize(3)
                .noneMatch(found -> found.found().path().contains(".."));
    }

    @Test
    void linksThatGoInCirclesEnd() {
        TestLayer layer = TestLayer.of(GOOD, PACKAGE)
                .symbolicLink("self", "self")
                .symbolicLink("a", "b/x")
                .symbolicLink("b", "a/y")
                .hardLink("h1", "h2")
                .hardLink("h2", "h1")
                .hardLink("var/lib/dpkg/status", "var/lib/dpkg/status")
                .file("self/in-1.egg-info", "Name: in\nVersion: 1\n");
        for (int i = 0; i < 200; i++) {
            layer.symbolicLink("chain" + i, "chain" + (i + 1) + "/chain" + (i + 1));
        }
        ImageInventory inventory = images.inventory(
                layer.whiteout("chain0/x").whiteout("a/z"),
                new TestLayer().whiteout("chain0/y").opaque("self"));

        assertThat(TestImages.urls(inventory)).contains("pkg:pypi/good@1");
    }

    @Test
    void sizesThatLieAreSaid() {
        byte[] tar = TestLayer.of(GOOD, PACKAGE).file("big", "content").tar();
        byte[] lying = tar.clone();
        // The size of the second entry, which begins behind the header and the content of the first.
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, lying, 1024 + 124, 11);
        checksum(lying, 1024);
        assertFinds(read(lying), "malformed");
        System.arraycopy(
                new byte[] {(byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 0, lying, 1024 + 124, 12);
        checksum(lying, 1024);
        assertFinds(read(lying), "malformed");
    }

    private static void checksum(byte[] tar, int header) {
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[header + i] & 0xff;
        }
        byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, tar, header + 148, text.length);
    }

    @Test
    void whatIsNoLayerIsSaid() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] gzip = TestLayer.of(GOOD, PACKAGE).file("y", noise).gzip();

        assertThat(read(noise).isComplete()).isFalse();
        assertThat(read(TestLayer.gzip(noise)).isComplete()).isFalse();
        assertThat(read(new byte[0]).packages()).isEmpty();
        assertFinds(read(Arrays.copyOf(gzip, gzip.length - 1000)), "malformed");
    }

    @Test
    void aPathThatIsTooLongEndsTheLayer() {
        assertFinds(read(TestLayer.of(GOOD, PACKAGE).file("d/".repeat(2500), "").gzip()), "is longer than 4096 bytes");
    }

    @Test
    void packagesWithoutEndEndAtTheirLimit() {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            status.append("Package: p").append(i).append("\nVersion: 1\n\n");
        }
        LayerInventory inventory = read(
                TestLayer.of("var/lib/dpkg/status", status.toString()).gzip(),
                InventoryLimits.builder().maxPackages(1000).build());

        assertThat(inventory.packages()).hasSize(1000);
        assertThat(inventory.reasons()).singleElement().asString().contains("more than 1000 packages");
    }

    @Test
    void namesWithoutEndEndAtTheLimitOfMemory() {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            status.append("Package: ").append("p".repeat(1000)).append(i).append("\nVersion: 1\n\n");
        }
        LayerInventory inventory =
                read(TestLayer.of("var/lib/dpkg/status", status.toString()).gzip());

        assertThat(inventory.packages()).hasSizeBetween(1000, 9999);
        assertThat(inventory.reasons()).singleElement().asString().contains("characters");
    }

    @Test
    void linksAndWhiteoutsWithoutEndEndAtTheLimitOfMemory() {
        TestLayer layer = TestLayer.of(GOOD, PACKAGE);
        String name = "n".repeat(200);
        for (int i = 0; i < 50_000; i++) {
            layer.whiteout(name + i);
        }
        assertFinds(read(layer.gzip()), "characters");
    }

    @Test
    void aLineWithoutEndIsCut() {
        byte[] endless = new byte[16 << 20];
        Arrays.fill(endless, (byte) 'x');
        LayerInventory inventory = read(TestLayer.of(GOOD, PACKAGE)
                .file("var/lib/dpkg/status", endless)
                .file("lib/apk/db/installed", endless)
                .file("etc/os-release", endless)
                .file("z-1.dist-info/METADATA", endless)
                .gzip());

        assertFinds(inventory, "z-1.dist-info/METADATA");
    }

    @Test
    void aReaderThatTakesTooLongStops() {
        byte[] layer =
                TestLayer.of(GOOD, PACKAGE).file("late-1.egg-info", PACKAGE).tar();
        Instant[] now = {Instant.EPOCH};
        // A registry that gives a block and then is slow.
        InputStream slow = new SequenceInputStream(new ByteArrayInputStream(layer, 0, 1024), new InputStream() {
            @Override
            public int read() {
                now[0] = now[0].plus(Duration.ofMinutes(11));
                return 0;
            }
        });

        LayerInventory inventory = InventoryReader.of(FileRepository.of(1 << 20, () -> slow))
                .clock(() -> now[0])
                .readLayer(FileRepository.DIGEST);

        assertFinds(inventory, "took longer than PT10M");
    }

    @Test
    void aRegistryThatFailsIsNoFaultOfTheImage() {
        byte[] layer =
                TestLayer.of("a/node_modules/b/package.json", "{\"name\":").tar();
        for (int given : new int[] {0, 100, 515}) {
            InputStream failing = new SequenceInputStream(new ByteArrayInputStream(layer, 0, given), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("connection reset");
                }
            });

            assertThatThrownBy(() -> InventoryReader.of(FileRepository.of(1 << 20, () -> failing))
                            .readLayer(FileRepository.DIGEST))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }

    @Test
    void aProgramThatIsTooLargeForATemporaryFileIsSaidAndLeavesNone() throws Exception {
        byte[] data = new byte[6 << 20];
        new Random(2).nextBytes(data);
        byte[] program = new TestElf()
                .data(data)
                .cargo("{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}")
                .pack();
        List<Path> before = temporaryFiles();

        LayerInventory inventory = read(
                TestLayer.of(GOOD, PACKAGE).file("app", program).gzip(),
                InventoryLimits.builder().maxTemporaryBytes(5 << 20).build());

        assertFinds(inventory, "app: it was not read to its end: it has more than the 5242880 bytes");
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("berth-scan"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void reasonsAreShortAndFew() {
        TestLayer layer = new TestLayer();
        for (int i = 0; i < 500; i++) {
            layer.file("d\n\u001b[31m/" + "x".repeat(500) + i + ".jar", "no archive");
        }

        List<String> reasons = read(layer.gzip()).reasons();

        assertThat(reasons).hasSize(101).last().isEqualTo("And 400 more");
        assertThat(reasons)
                .allMatch(reason -> reason.length() < 520 && reason.chars().allMatch(c -> c >= ' '));
    }
}
