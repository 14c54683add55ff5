package dev.berth.examples.standalone.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A runnable image with random files in its layers. Equal seeds give equal images.
 *
 * @param config the image's configuration
 * @param layers gzipped tar archives
 * @param manifest the OCI image manifest
 */
public record TestImage(Content config, List<Content> layers, Content manifest) {
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    public TestImage {
        layers = List.copyOf(layers);
    }

    /** An image for the machine that runs the test. */
    public static TestImage random(long seed, int layerCount, int bytesPerLayer) {
        return random(seed, layerCount, bytesPerLayer, machine(), "sha256");
    }

    /** An image whose manifest refers to its blobs by digests of an algorithm. */
    public static TestImage random(
            long seed, int layerCount, int bytesPerLayer, String architecture, String algorithm) {
        Random random = new Random(seed);
        List<TarArchive> layers = new ArrayList<>();
        for (int i = 0; i < layerCount; i++) {
            byte[] file = new byte[bytesPerLayer];
            random.nextBytes(file);
            layers.add(new TarArchive().file("file-" + i, file));
        }
        return ofLayers(layers, architecture, algorithm);
    }

    /** An image with these layers, the lowest first. */
    public static TestImage ofLayers(List<TarArchive> archives, String architecture) {
        return ofLayers(archives, architecture, "sha256");
    }

    private static TestImage ofLayers(List<TarArchive> archives, String architecture, String algorithm) {
        List<Content> layers = new ArrayList<>();
        List<String> diffIds = new ArrayList<>();
        for (TarArchive archive : archives) {
            byte[] tar = archive.bytes();
            diffIds.add('"' + Content.digest("sha256", tar) + '"');
            layers.add(new Content(LAYER, TarArchive.gzip(tar)));
        }
        Content config = json(CONFIG, """
                {"architecture":"%s","os":"linux","config":{"Cmd":["/file-0"]},"rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(architecture, String.join(",", diffIds)));
        return of(config, layers, algorithm);
    }

    /** The image of given parts. */
    public static TestImage of(Content config, List<Content> layers, String algorithm) {
        String layersJson =
                layers.stream().map(layer -> layer.descriptor(algorithm)).collect(Collectors.joining(","));
        Content manifest = json(MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(MANIFEST, config.descriptor(algorithm), layersJson));
        return new TestImage(config, layers, manifest);
    }

    /** An index of images, one for each architecture. */
    public static Content index(List<String> architectures, List<TestImage> images) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Content manifest = images.get(i).manifest();
            entries.add("""
                    {"mediaType":"%s","digest":"%s","size":%d,"platform":{"architecture":"%s","os":"linux"}}""".formatted(manifest.mediaType(), manifest.digest(), manifest.size(), architectures.get(i)));
        }
        return json(INDEX, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(INDEX, String.join(",", entries)));
    }

    public static Content json(String mediaType, String json) {
        return new Content(mediaType, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The blobs, which must be pushed before the manifest. */
    public List<Content> blobs() {
        List<Content> blobs = new ArrayList<>(layers);
        blobs.add(config);
        return blobs;
    }

    /** The architecture of the machine that runs the test. */
    public static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
