package dev.berth.examples.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An image to push: its blobs, the configuration last, and its manifest. */
final class Image {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final List<Blob> blobs;
    private final byte[] manifest;

    /** Of these layers, and a configuration that is as different from others as they are. */
    Image(List<Blob> layers) {
        Blob config = Blob.of(("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"first\":\""
                        + layers.get(0).digest() + "\"}}}")
                .getBytes(StandardCharsets.UTF_8));
        List<Blob> all = new ArrayList<>(layers);
        all.add(config);
        blobs = List.copyOf(all);
        List<String> descriptors =
                layers.stream().map(layer -> descriptor(LAYER, layer)).toList();
        manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(MANIFEST, descriptor(CONFIG, config), String.join(",", descriptors))
                .getBytes(StandardCharsets.UTF_8);
    }

    List<Blob> blobs() {
        return blobs;
    }

    byte[] manifest() {
        return manifest;
    }

    private static String descriptor(String type, Blob blob) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, blob.digest(), blob.size());
    }
}
