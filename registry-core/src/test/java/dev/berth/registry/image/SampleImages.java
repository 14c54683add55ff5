package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Small images that other programs can read, pushed into any repository. The same seed gives the same bytes. */
public final class SampleImages {
    private final Random random;

    /** Begins a sequence of images. */
    public SampleImages(long seed) {
        this.random = new Random(seed);
    }

    /** Returns a layer: a tar with one file of random content. */
    public byte[] layer(int fileSize) {
        byte[] content = new byte[fileSize];
        random.nextBytes(content);
        return tar(Map.of("file-" + Long.toHexString(random.nextLong()), content));
    }

    /** Returns a tar archive with these files. */
    public static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            tar.writeBytes(header(name, content.length, '0', ""));
            tar.writeBytes(content);
            tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
        });
        tar.writeBytes(new byte[1024]);
        return tar.toByteArray();
    }

    /** Returns a tar header. */
    public static byte[] header(String name, long size, char type, String link) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", size));
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 263, "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /** Pushes an image of these layers, and tags it. */
    public Manifest image(Repository target, Platform platform, List<byte[]> layers, Tag... tags) {
        StringBuilder diffIds = new StringBuilder();
        List<Descriptor> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            diffIds.append(diffIds.isEmpty() ? "" : ",")
                    .append('"')
                    .append(Digest.sha256(layer))
                    .append('"');
            descriptors.add(blob(target, MediaTypes.OCI_LAYER_TAR, layer));
        }
        String config = "{\"architecture\":\"" + platform.architecture() + "\",\"os\":\"" + platform.os() + "\""
                + platform.variant().map(v -> ",\"variant\":\"" + v + "\"").orElse("")
                + ",\"config\":{\"Labels\":{\"n\":\"" + random.nextLong() + "\"}},\"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":[" + diffIds + "]}}";
        Descriptor configDescriptor = blob(target, MediaTypes.OCI_CONFIG, config.getBytes(StandardCharsets.UTF_8));
        Manifest manifest = ImageManifest.of(configDescriptor, descriptors).toManifest();
        target.manifests().put(manifest, tags);
        return manifest;
    }

    /** Pushes an image of new layers of these sizes, for linux/amd64. */
    public Manifest image(Repository target, List<Integer> layerSizes, Tag... tags) {
        return image(
                target,
                Platform.of("linux", "amd64"),
                layerSizes.stream().map(this::layer).toList(),
                tags);
    }

    /** Pushes an index of one small image for each platform, which share a layer. */
    public Manifest index(Repository target, List<Platform> platforms, Tag... tags) {
        byte[] shared = layer(2000);
        List<Descriptor> children = new ArrayList<>();
        for (Platform platform : platforms) {
            children.add(image(target, platform, List.of(shared, layer(500)))
                    .descriptor()
                    .withPlatform(platform));
        }
        Manifest index = ImageIndex.of(children).toManifest();
        target.manifests().put(index, tags);
        return index;
    }

    /** Pushes an artifact that refers to a manifest, such as a signature. */
    public Manifest referrer(Repository target, Descriptor subject, String artifactType) {
        Descriptor empty = blob(target, MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
        byte[] content = new byte[100];
        random.nextBytes(content);
        Manifest manifest = new ImageManifest(
                        MediaTypes.OCI_MANIFEST,
                        Optional.of(artifactType),
                        empty,
                        List.of(blob(target, "application/vnd.example.signature", content)),
                        Optional.of(Descriptor.of(subject.mediaType(), subject.digest(), subject.size())),
                        Map.of("n", Long.toString(random.nextLong())),
                        Optional.empty())
                .toManifest();
        target.manifests().put(manifest);
        return manifest;
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        target.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Reads a blob to its end. */
    public static byte[] read(Repository source, Digest digest) {
        try (var content = source.blobs().open(digest)) {
            return content.stream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that a repository has an image with all that it refers to, each byte of it. */
    public static void requireComplete(Repository repository, Descriptor manifest) {
        Manifest read = repository.manifests().get(manifest.digest());
        ManifestDocument document = ManifestDocument.parse(read);
        if (document instanceof ImageIndex index) {
            index.manifests().forEach(child -> requireComplete(repository, child));
        } else if (document instanceof ImageManifest image) {
            List<Descriptor> blobs = new ArrayList<>(image.layers());
            blobs.add(image.config());
            for (Descriptor blob : blobs) {
                byte[] content = read(repository, blob.digest());
                if (!Digest.sha256(content).equals(blob.digest()) || content.length != blob.size()) {
                    throw new AssertionError(blob.digest() + " is not what it should be in " + repository.name());
                }
            }
        }
    }
}
