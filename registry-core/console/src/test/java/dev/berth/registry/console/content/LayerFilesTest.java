package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestConsole;
import dev.berth.registry.console.html.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The files of a layer are shown, and nothing is unpacked")
class LayerFilesTest {
    private final TestConsole console = TestConsole.open();
    private final TestImages images = new TestImages(console.registry().repository("team/app"));

    LayerFilesTest() throws IOException {}

    @AfterEach
    void close() {
        console.close();
    }

    private static TestLayer layer() {
        return new TestLayer()
                .directory("etc")
                .file("etc/os-release", "NAME=Zebra\nVERSION=1\n")
                .file("usr/bin/tool", new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 3})
                .symlink("etc/release", "os-release")
                .symlink("etc/mtab", "/proc/mounts")
                .link("usr/bin/other", "usr/bin/tool")
                .file("var/.wh.gone", "")
                .file("opt/.wh..wh..opq", "");
    }

    @Test
    void aDirectoryIsListedWithThoseThatOnlyPathsTellOf() throws Exception {
        Manifest image = images.image("1", layer().gzip());

        assertThat(files(image, 0, ""))
                .contains("Files of layer 1 of 1", "8 entries")
                .contains(">etc</bdi>/</a>", ">usr</bdi>/</a>", ">var</bdi>/</a>");
        assertThat(files(image, 0, "etc"))
                .contains(">os-release</bdi></a>", "-rw-r--r--", "0:0", "21\u00a0B")
                .contains(">release</bdi></a>", "→ ");
        assertThat(files(image, 0, "var")).contains("gone", "is removed from the layers below");
        assertThat(files(image, 0, "opt")).contains("hides what the layers below have");
        assertThat(files(image, 0, "/usr/bin/")).contains("tool", "other");
    }

    @Test
    void oneFileIsShownByItsLines() throws Exception {
        Manifest image = images.image("1", layer().tar());

        assertThat(files(image, 0, "etc/os-release"))
                .contains("<span class=\"line\">NAME=Zebra</span>\n<span class=\"line\">VERSION=1</span>")
                .contains("Download the file");
    }

    @Test
    void whatIsNoTextIsShownAsBytes() throws Exception {
        Manifest image = images.image("1", layer().tar());

        assertThat(files(image, 0, "usr/bin/tool"))
                .contains("This is no text", "00000000  7f 45 4c 46 00 01 02 03", ".ELF....");
    }

    @Test
    void linksLeadToWhatTheLayerHas() throws Exception {
        Manifest image = images.image("1", layer().tar());

        assertThat(files(image, 0, "etc/release")).contains("Symbolic link", "path=etc%2Fos-release\"");
        assertThat(files(image, 0, "etc/mtab")).contains("/proc/mounts", "this layer does not have it");
        assertThat(files(image, 0, "usr/bin/other")).contains("Another name of a file", "path=usr%2Fbin%2Ftool\"");
    }

    @Test
    void aFileIsSavedWhateverIsInIt() throws Exception {
        Manifest image = images.image(
                "1",
                new TestLayer().file("a\"b\n.html", "<script>alert(1)</script>").gzip());

        var response = console.get(address(image, 0, "a\"b\n.html") + "&download=true");

        assertThat(response.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename*=UTF-8''a%22b%0A.html");
    }

    @Test
    void largeDirectoriesAndTextsAreShownInParts() throws Exception {
        TestLayer many = new TestLayer();
        for (int i = 0; i < 1_200; i++) {
            many.file(String.format("d/f%04d", i), "");
        }
        many.file("long", "line\n".repeat(10_000)).file("wide", "x".repeat(400_000));
        Manifest image = images.image("1", many.gzip());

        assertThat(files(image, 0, "d")).contains("f0499", "after=f0499").doesNotContain("f0500<");
        assertThat(console.get(address(image, 0, "d") + "&after=f0999").body())
                .contains("f1000", "f1199")
                .doesNotContain("Next page");
        assertThat(files(image, 0, "long")).contains("These are the first 5\u202f000 lines.");
        assertThat(files(image, 0, "wide")).contains("This is the beginning, 262\u00a0kB of it.");
    }

    @Test
    void pathsThatLeadOutOfTheImageStayInIt() throws Exception {
        Manifest image = images.image(
                "1",
                new TestLayer()
                        .file("../../../etc/passwd", "up")
                        .file("/etc/shadow", "absolute")
                        .file("a/./b//c", "odd")
                        .symlink("out", "../../../../etc/passwd")
                        .tar());

        assertThat(files(image, 0, "etc")).contains("passwd", "shadow");
        assertThat(files(image, 0, "a/b")).contains(">c</bdi>");
        assertThat(files(image, 0, "out")).contains("path=etc%2Fpasswd\"");
        assertThat(console.get(address(image, 0, "../../../etc/passwd")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void hostileNamesAndTextsAreTexts() throws Exception {
        List<String> texts = HostileTexts.all().stream()
                .filter(text -> !text.contains("\ud800") && !text.contains("\u0000"))
                .toList();
        TestLayer layer = new TestLayer();
        for (int i = 0; i < texts.size(); i++) {
            layer.file("n/" + i + texts.get(i).replace('/', '|'), "")
                    .file("t/" + i, texts.get(i))
                    .symlink("l/" + i, texts.get(i));
        }
        Manifest image = images.image("1", layer.gzip());

        requireOnlyOurMarkup(files(image, 0, "n"));
        requireOnlyOurMarkup(files(image, 0, "l"));
        for (int i = 0; i < texts.size(); i++) {
            requireOnlyOurMarkup(files(image, 0, "t/" + i));
            requireOnlyOurMarkup(files(image, 0, "n/" + i + texts.get(i).replace('/', '|')));
        }
    }

    @Test
    void namesThatAreNoTextAndNamesOfAMegabyteAreBorne() throws Exception {
        byte[] odd = new TestLayer().file("a-b", "x").tar();
        odd[1] = (byte) 0xff;
        repairChecksum(odd);
        Manifest image = images.image(
                "1",
                odd,
                new TestLayer()
                        .file("first", "x")
                        .file("x".repeat(1_000_000), "")
                        .file("last", "")
                        .gzip());

        assertThat(files(image, 0, "")).contains(">a?b<");
        assertThat(files(image, 0, "a?b")).contains("<span class=\"line\">x</span>");
        assertThat(files(image, 1, ""))
                .contains("first", "cannot be read to its end")
                .doesNotContain("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd377a585a000004", "425a6839314159", "04224d18604082", "504b030414000000"})
    void aCompressionThatIsNotReadIsNamed(String beginning) throws Exception {
        Manifest image = images.image("1", HexFormat.of().parseHex(beginning));

        assertThat(files(image, 0, ""))
                .contains("cannot be read")
                .containsPattern("compressed with (xz|bzip2|lz4|zip)");
    }

    @Test
    void damagedLayersSayWhatIsWrong() throws Exception {
        byte[] whole = new TestLayer()
                .file("first", "x")
                .file("second", noise(50_000))
                .file("third", "y")
                .gzip();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        flipped[whole.length / 2 + 1] ^= 0x55;
        Manifest image = images.image(
                "1",
                cut,
                flipped,
                noise(4_000),
                "no tar at all".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new TestLayer().fileHead("huge", 1L << 40).raw(new byte[1_000]).tar(),
                TestLayer.gzip(noise(3_000)));

        for (int layer = 0; layer < 7; layer++) {
            String page = files(image, layer, "");
            if (layer != 4) {
                assertThat(page).as("layer %s", layer).contains("class=\"problem\"");
            }
            assertThat(console.get("/api/v1" + address(image, layer, "")).statusCode())
                    .isEqualTo(200);
        }
        assertThat(files(image, 0, "")).contains("first", "second");
        assertThat(files(image, 0, "first")).contains("<span class=\"line\">x</span>");
    }

    @Test
    void bombsEndEarly() throws Exception {
        Manifest many = images.image("1", manyEntries());

        assertThat(files(many, 0, "")).contains("cannot be read to its end", "200000 entries");
    }

    private static byte[] manyEntries() {
        TestLayer layer = new TestLayer();
        for (int i = 0; i < 100; i++) {
            layer.directory("d" + i);
        }
        return layer.gzipOfMany(2_005);
    }

    @Test
    void whatIsThereForNobodyIsNotThere() throws Exception {
        Manifest image = images.image("1", layer().tar());
        Manifest other = images.image("2", new TestLayer().file("x", "y").tar());
        String layerOfOther =
                Digest.sha256(new TestLayer().file("x", "y").tar()).toString();

        for (String path : List.of(
                "/files/team/app?digest=" + image.digest() + "&layer=" + layerOfOther,
                "/files/team/app?digest=" + image.digest() + "&path=nothing",
                "/files/team/app?digest=" + Digest.sha256(new byte[9]),
                "/files/team/app",
                "/files/team/nothing?digest=" + image.digest(),
                "/files/UPPER?digest=" + image.digest())) {
            assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(console.get("/api/v1" + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(console.get("/files/team/app?digest=" + other.digest()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSameIsToldAsJson() throws Exception {
        Manifest image = images.image("1", layer().gzip());

        JsonNode etc = json("/api/v1" + address(image, 0, "etc"));
        assertThat(etc.path("state").asText()).isEqualTo("directory");
        assertThat(etc.path("entries").findValuesAsText("name")).containsExactly("mtab", "os-release", "release");
        assertThat(etc.at("/entries/1/mode").asText()).isEqualTo("0644");
        JsonNode file = json("/api/v1" + address(image, 0, "etc/os-release"));
        assertThat(file.path("text").asText()).isEqualTo("NAME=Zebra\nVERSION=1\n");
        assertThat(json("/api/v1" + address(image, 0, "usr/bin/tool"))
                        .path("bytes")
                        .binaryValue())
                .hasSize(8);
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(console.get(path).body());
    }

    private String files(Manifest image, int layer, String path) throws Exception {
        while (true) {
            var response = console.get(address(image, layer, path));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            if (!response.body().contains("data-again")) {
                return response.body();
            }
        }
    }

    private static String address(Manifest image, int layer, String path) throws IOException {
        JsonNode manifest = new ObjectMapper().readTree(image.bytes());
        return "/files/team/app?digest=" + image.digest() + "&layer="
                + manifest.at("/layers/" + layer + "/digest").asText() + "&"
                + FilePaths.with(Link.to("", List.of()), path).toString().replaceFirst("^/[?]?", "");
    }

    private static void requireOnlyOurMarkup(String page) {
        assertThat(page)
                .doesNotContainPattern(
                        "(?i)<(script(?! src=\"/assets/)|img|iframe|svg on|style|base|math|form action=//)")
                .doesNotContainPattern("(?i)<[^>]* on[a-z]+=")
                .doesNotContainPattern("(?i)<[^>]* (href|src|action)=\"\\s*(javascript|data|vbscript):")
                .doesNotContain("<!--", "\u202e", "\u001b", "\u0000");
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void repairChecksum(byte[] header) {
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xff;
        }
        byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 148, text.length);
    }
}
