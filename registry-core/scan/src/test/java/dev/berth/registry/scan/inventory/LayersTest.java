package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String STATUS = "var/lib/dpkg/status";

    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    private static String deb(String name) {
        return "Package: " + name + "\nVersion: 1\n";
    }

    private static String npm(String name) {
        return "{\"name\":\"" + name + "\",\"version\":\"1.0.0\"}";
    }

    private static TestLayer modules(String... names) {
        TestLayer layer = new TestLayer();
        for (String name : names) {
            layer.file("app/node_modules/" + name + "/package.json", npm(name));
        }
        return layer;
    }

    @Test
    void aFileReplacesTheOneBelow() {
        assertThat(images.packages(TestLayer.of(STATUS, deb("old")), TestLayer.of(STATUS, deb("new"))))
                .containsExactly("pkg:deb/debian/new@1");
    }

    @Test
    void aWhiteoutRemovesAFileOrATreeOfTheLayersBelowOnly() {
        assertThat(images.packages(
                        modules("a", "b", "c"),
                        new TestLayer()
                                .file("app/node_modules/d/package.json", npm("d"))
                                .whiteout("app/node_modules/a")
                                .whiteout("app/node_modules/b/package.json")
                                .whiteout("app/node_modules/d")
                                .whiteout("app/..")
                                .whiteout("app/.")))
                .containsExactly("pkg:npm/c@1.0.0", "pkg:npm/d@1.0.0");
    }

    @Test
    void anOpaqueDirectoryHidesWhatIsBelowIt() {
        assertThat(images.packages(modules("a", "b"), modules("c").opaque("app/node_modules"), modules("d")))
                .containsExactly("pkg:npm/c@1.0.0", "pkg:npm/d@1.0.0");
        assertThat(images.packages(modules("a"), modules("b").file(".wh..wh..opq", "")))
                .containsExactly("pkg:npm/b@1.0.0");
    }

    @Test
    void anythingInThePlaceOfAFileHidesIt() {
        assertThat(images.packages(
                        modules("a", "b", "c", "d", "e"),
                        new TestLayer()
                                .symbolicLink("app/node_modules/a", "/elsewhere")
                                .file("app/node_modules/b", "no directory any more")
                                .directory("app/node_modules/c/package.json")
                                .file("app/node_modules/d/package.json", "{}")
                                .directory("app/node_modules/e")))
                .containsExactly("pkg:npm/e@1.0.0");
    }

    @Test
    void aProgramThatIsReplacedByAScriptIsGone() throws Exception {
        byte[] program = new TestElf().go("go1.22.1", "path\tx\n").pack();

        assertThat(images.packages(new TestLayer().file("bin/x", program))).containsExactly("pkg:golang/stdlib@1.22.1");
        assertThat(images.packages(new TestLayer().file("bin/x", program), TestLayer.of("bin/x", "#!/bin/sh\n")))
                .isEmpty();
    }

    @Test
    void linksToDirectoriesAreFollowed() {
        TestLayer base = new TestLayer()
                .directory("usr/lib")
                .symbolicLink("lib", "usr/lib")
                .file("usr/lib/node_modules/a/package.json", npm("a"))
                .file("usr/lib/node_modules/b/package.json", npm("b"));

        assertThat(images.packages(base, TestLayer.of("lib/node_modules/a/package.json", npm("c"))))
                .containsExactly("pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0");
        assertThat(images.packages(base, new TestLayer().whiteout("lib/node_modules/a")))
                .containsExactly("pkg:npm/b@1.0.0");
        assertThat(images.packages(
                        base,
                        TestLayer.of("lib/node_modules/c/package.json", npm("c")),
                        new TestLayer().whiteout("usr/lib/node_modules")))
                .isEmpty();
        assertThat(images.packages(new TestLayer()
                        .symbolicLink("a", "b")
                        .symbolicLink("b", "a")
                        .file("a/node_modules/x/package.json", npm("x"))))
                .containsExactly("pkg:npm/x@1.0.0");
    }

    @Test
    void theDistributionIsFoundBehindALink() {
        ImageInventory inventory = images.inventory(
                new TestLayer()
                        .file("opt/release/os-release", "ID=other\n")
                        .file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n")
                        .symbolicLink("etc/os-release", "../usr/lib/os-release"),
                TestLayer.of("usr/lib/os-release", "ID=debian\nVERSION_ID=13\n"));

        assertThat(inventory.distribution())
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("13"));
    }

    @Test
    void hardLinksAreFiles() {
        assertThat(images.packages(new TestLayer()
                        .file("objects/0a/1b.file", deb("linked"))
                        .hardLink(STATUS, "objects/0a/1b.file")
                        .file("app/node_modules/a/package.json", npm("a"))
                        .hardLink("copy/node_modules/a/package.json", "app/node_modules/a/package.json")))
                .containsExactly("pkg:deb/debian/linked@1", "pkg:npm/a@1.0.0", "pkg:npm/a@1.0.0");
        assertThat(images.packages(
                        modules("a"),
                        new TestLayer()
                                .hardLink("other/node_modules/a/package.json", "app/node_modules/a/package.json"),
                        new TestLayer().whiteout("app")))
                .containsExactly("pkg:npm/a@1.0.0");
    }

    @Test
    void theLastOfTwoEntriesForTheSamePathCounts() {
        assertThat(images.packages(TestLayer.of(STATUS, deb("first")).file(STATUS, deb("second"))))
                .containsExactly("pkg:deb/debian/second@1");
        assertThat(images.packages(TestLayer.of(STATUS, deb("first")).symbolicLink(STATUS, "nowhere")))
                .isEmpty();
    }

    @Test
    void layersMayBeCompressedInAnyWay() {
        ImageManifest image = images.image(List.of(
                TestLayer.of(STATUS, deb("a")).tar(),
                modules("b").zstd(),
                modules("c").gzip(),
                TestLayer.gzip(new byte[0])));

        assertThat(TestImages.urls(InventoryReader.of(images.repository()).read(image)))
                .containsExactly("pkg:deb/debian/a@1", "pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0");
    }

    @Test
    void anImageOfDockerIsReadToo() {
        byte[] layer = TestLayer.of(STATUS, deb("a")).gzip();
        Digest digest = images.push(layer);
        Digest config = images.push("{}".getBytes(StandardCharsets.UTF_8));
        String json =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\",\"config\":{\"mediaType\":\""
                        + MediaTypes.DOCKER_CONFIG + "\",\"size\":2,\"digest\":\"" + config
                        + "\"},\"layers\":[{\"mediaType\":\""
                        + MediaTypes.DOCKER_LAYER + "\",\"size\":" + layer.length + ",\"digest\":\"" + digest + "\"}]}";
        Manifest manifest = Manifest.of(MediaTypes.DOCKER_MANIFEST, json.getBytes(StandardCharsets.UTF_8));

        ImageInventory inventory = InventoryReader.of(images.repository()).read(manifest);

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:deb/debian/a@1");
        assertThat(inventory.packages().get(0).layer()).contains(digest);
    }

    @Test
    void aSharedLayerIsReadOnce() {
        Map<Digest, byte[]> stored = new HashMap<>();
        List<Digest> read = new ArrayList<>();
        LayerInventories kept = new LayerInventories() {
            @Override
            public Optional<LayerInventory> find(Digest layer) {
                return Optional.ofNullable(stored.get(layer)).flatMap(LayerInventory::parse);
            }

            @Override
            public void keep(LayerInventory inventory) {
                read.add(inventory.layer());
                stored.put(inventory.layer(), inventory.toJson());
            }
        };
        byte[] base = TestLayer.of(STATUS, deb("base"))
                .file("etc/os-release", "ID=debian\nVERSION_ID=13\n")
                .gzip();
        ImageManifest first = images.image(List.of(base, modules("a").gzip()));
        ImageManifest second = images.image(List.of(base, modules("b").gzip(), base));
        InventoryReader reader = InventoryReader.of(images.repository()).keepIn(kept);

        ImageInventory fresh = reader.read(first);
        reader.read(second);

        assertThat(read).hasSize(3).doesNotHaveDuplicates();
        assertThat(reader.read(first)).isEqualTo(fresh);
        assertThat(InventoryReader.of(images.repository()).read(first)).isEqualTo(fresh);
        assertThat(read).hasSize(3);
    }

    @Test
    void anInventoryIsTheSameAfterItWasKept() {
        byte[] layer = modules("a", "b")
                .file("x.dist-info/METADATA", "Name: é\nVersion: 1\n")
                .file("etc/os-release", "ID=debian\nVERSION_ID=13\n")
                .file("broken.jar", "no")
                .whiteout("old")
                .opaque("cache")
                .symbolicLink("link", "/target \"\\ \u0001")
                .hardLink("hard", "below")
                .gzip();
        InventoryReader reader = InventoryReader.of(images.repository());
        LayerInventory read = reader.readLayer(images.push(layer));

        byte[] json = read.toJson();
        LayerInventory again = LayerInventory.parse(json).orElseThrow();

        assertThat(again).isEqualTo(read);
        assertThat(again.isComplete()).isFalse();
        assertThat(again.toJson())
                .isEqualTo(json)
                .isEqualTo(reader.readLayer(read.layer()).toJson());
    }

    @Test
    void aKeptInventoryThatIsDamagedOrOfAnotherFormatIsNotTaken() {
        byte[] json = InventoryReader.of(images.repository())
                .readLayer(images.push(modules("a", "b").gzip()))
                .toJson();
        String text = new String(json, StandardCharsets.UTF_8);

        assertThat(LayerInventory.parse(text.replaceFirst("\"format\":\\d+", "\"format\":999999")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        for (int length = 0; length < json.length - 1; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> LayerInventory.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsNoImageIsRefused() {
        ImageManifest artifact = ImageManifest.of(
                Descriptor.of("application/vnd.example.thing", images.push(new byte[1]), 1), List.of());

        assertThatThrownBy(() -> InventoryReader.of(images.repository()).read(artifact))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(e).hasMessageContaining("application/vnd.example.thing");
                });
    }

    @Test
    void aLayerThatIsMissingOrNoFilesIsSaid() {
        ImageManifest image = images.image(TestLayer.of(STATUS, deb("a")));
        List<Descriptor> layers = new ArrayList<>(image.layers());
        layers.add(Descriptor.of(MediaTypes.DOCKER_FOREIGN_LAYER, Digest.sha256(new byte[9]), 9));
        layers.add(Descriptor.of("application/vnd.in-toto+json", Digest.sha256(new byte[8]), 8));

        ImageInventory inventory =
                InventoryReader.of(images.repository()).read(image.withContent(image.config(), layers));

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:deb/debian/a@1");
        assertThat(inventory.reasons())
                .anyMatch(reason -> reason.contains("the repository does not have it"))
                .anyMatch(reason -> reason.contains("application/vnd.in-toto+json is no type of files"))
                .hasSize(2);
    }
}
