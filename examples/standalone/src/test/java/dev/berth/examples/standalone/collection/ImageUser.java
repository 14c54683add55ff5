package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Pushes, tags, mounts, deletes and pulls images. Its manifests and tags are its own, so that it knows what must be there; its
 * layers and repositories are shared with others. For one thread.
 */
final class ImageUser {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final int REPOSITORIES = 4;
    private static final int MOST_IMAGES = 6;

    private List<Registry> nodes;
    private final int number;
    private final SharedLayers layers;
    private final Duration grace;
    private final Random random;
    private final List<Image> images = new ArrayList<>();
    private int made;
    private int uploadsOfCollectedLayers;

    /** What a call has begun to change, while it is not known whether it has. */
    private Optional<Doubt> doubt = Optional.empty();

    ImageUser(List<Registry> nodes, int number, SharedLayers layers, Duration grace) {
        this.nodes = nodes;
        this.number = number;
        this.layers = layers;
        this.grace = grace;
        this.random = new Random(number);
    }

    /** An image that was acknowledged, with the tags that name it. */
    record Image(RepositoryName repository, Manifest manifest, Set<Digest> blobs, Set<Tag> tags) {}

    private record Doubt(Image image, Tag tag) {}

    /** Looks what has become of a call that failed, since its server died. */
    void settle(Registry registry) {
        if (doubt.isEmpty()) {
            return;
        }
        Image image = doubt.get().image();
        Repository repository = registry.repository(image.repository);
        images.remove(image);
        if (repository.manifests().find(image.manifest.digest()).isPresent()) {
            images.add(image);
        }
        Set<Tag> unknown = new LinkedHashSet<>(image.tags);
        unknown.add(doubt.get().tag());
        for (Tag tag : unknown) {
            Optional<Digest> target = repository.tags().resolve(tag).map(Descriptor::digest);
            for (Image other : images) {
                if (other.repository.equals(image.repository)) {
                    other.tags.remove(tag);
                    if (target.equals(Optional.of(other.manifest.digest()))) {
                        other.tags.add(tag);
                    }
                }
            }
        }
        doubt = Optional.empty();
    }

    /** Goes on with other nodes: those of before have died. */
    void use(List<Registry> newNodes) {
        nodes = newNodes;
    }

    /** Returns the images that must be there. */
    List<Image> images() {
        return images;
    }

    /** Returns how many layers it has uploaded that somebody had uploaded before. */
    int uploadsOfCollectedLayers() {
        return uploadsOfCollectedLayers;
    }

    void step() throws IOException {
        int choice = images.isEmpty() ? 0 : random.nextInt(10);
        if (choice < 3) {
            push();
            if (images.size() > MOST_IMAGES) {
                delete(images.get(0));
            }
        } else if (choice < 5) {
            tagAgain(anyImage());
        } else if (choice < 7) {
            delete(anyImage());
        } else {
            pull(anyImage());
        }
    }

    /** Fails if an image is not whole, as any node shows it. */
    void verify() throws IOException {
        for (Registry node : nodes) {
            for (Image image : images) {
                verify(node, image);
            }
        }
    }

    private Image anyImage() {
        return images.get(random.nextInt(images.size()));
    }

    private Registry anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static RepositoryName repository(int index) {
        return RepositoryName.parse("stress/repository-" + index);
    }

    private void push() {
        int place = random.nextInt(REPOSITORIES);
        Repository repository = anyNode().repository(repository(place));
        byte[] config = ("{\"user\":" + number + ",\"image\":" + made++ + "}").getBytes(StandardCharsets.UTF_8);
        Set<byte[]> chosen = new LinkedHashSet<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            chosen.add(layers.any(random));
        }
        while (true) {
            long begun = System.nanoTime();
            Descriptor configBlob = patiently(() -> put(repository.blobs(), config));
            List<Descriptor> layerBlobs = new ArrayList<>();
            for (byte[] layer : chosen) {
                layerBlobs.add(patiently(() -> put(repository.blobs(), layer)));
            }
            Manifest manifest = manifest(configBlob, layerBlobs);
            Tag tag = Tag.parse("user-" + number + "-" + made);
            Set<Digest> blobs = new HashSet<>();
            blobs.add(configBlob.digest());
            layerBlobs.forEach(blob -> blobs.add(blob.digest()));
            Image image = new Image(repository.name(), manifest, blobs, new LinkedHashSet<>(Set.of(tag)));
            doubt = Optional.of(new Doubt(image, tag));
            try {
                patiently(() -> repository.manifests().put(manifest, tag));
            } catch (RegistryException e) {
                // Whoever takes longer than the grace period finds that what was confirmed has gone.
                boolean late = System.nanoTime() - begun > grace.toNanos();
                if (late && e.errors().get(0).code().equals(ErrorCode.MANIFEST_BLOB_UNKNOWN)) {
                    doubt = Optional.empty();
                    continue;
                }
                throw e;
            }
            images.add(image);
            doubt = Optional.empty();
            return;
        }
    }

    /** As clients do: look, mount, upload. */
    private Descriptor put(Blobs blobs, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        if (blobs.find(digest).isPresent()) {
            return Descriptor.of(LAYER, digest, bytes.length);
        }
        MountSource source =
                random.nextBoolean() ? MountSource.any() : MountSource.from(repository(random.nextInt(REPOSITORIES)));
        if (blobs.mount(digest, source).isEmpty()) {
            if (layers.uploaded(digest)) {
                uploadsOfCollectedLayers++;
            }
            if (random.nextBoolean()) {
                blobs.push(digest, BlobSource.of(bytes));
            } else {
                upload(blobs, digest, bytes);
            }
        }
        return Descriptor.of(LAYER, digest, bytes.length);
    }

    private void upload(Blobs blobs, Digest digest, byte[] bytes) {
        try (BlobUpload upload = blobs.startUpload()) {
            int half = bytes.length / 2;
            upload.append(0, BlobSource.of(Arrays.copyOf(bytes, half)));
            upload.append(half, BlobSource.of(Arrays.copyOfRange(bytes, half, bytes.length)));
            upload.commit(digest);
        }
    }

    private static Manifest manifest(Descriptor config, List<Descriptor> layers) {
        List<String> entries = new ArrayList<>();
        layers.forEach(layer -> entries.add(json(LAYER, layer)));
        String text = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(MANIFEST, json(CONFIG, config), String.join(",", entries));
        return Manifest.of(MANIFEST, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String mediaType, Descriptor descriptor) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(mediaType, descriptor.digest(), descriptor.size());
    }

    /** Sets another tag to an image, which is moved from another image of the same repository if it exists. */
    private void tagAgain(Image image) {
        Tag tag = movingTag();
        doubt = Optional.of(new Doubt(image, tag));
        patiently(() -> anyNode().repository(image.repository).tags().put(tag, image.manifest.digest()));
        for (Image other : images) {
            if (other.repository.equals(image.repository)) {
                other.tags.remove(tag);
            }
        }
        image.tags.add(tag);
        doubt = Optional.empty();
    }

    private Tag movingTag() {
        return Tag.parse("user-" + number + "-moving");
    }

    private void delete(Image image) {
        Repository repository = anyNode().repository(image.repository);
        if (image.tags.size() > 1 && random.nextBoolean()) {
            Tag tag = Iterables.get(image.tags, random.nextInt(image.tags.size()));
            doubt = Optional.of(new Doubt(image, tag));
            boolean existed = patiently(() -> repository.tags().delete(tag));
            assertThat(existed).isTrue();
            image.tags.remove(tag);
        } else {
            doubt = Optional.of(new Doubt(image, movingTag()));
            patiently(() -> repository.manifests().delete(image.manifest.digest()));
            images.remove(image);
        }
        doubt = Optional.empty();
    }

    private void pull(Image image) throws IOException {
        verify(anyNode(), image);
    }

    private static void verify(Registry node, Image image) throws IOException {
        Repository repository = node.repository(image.repository);
        Digest digest = image.manifest.digest();
        Manifest manifest = patiently(() -> repository.manifests().get(digest));
        assertThat(manifest).isEqualTo(image.manifest);
        for (Tag tag : image.tags) {
            Optional<Descriptor> target = patiently(() -> repository.tags().resolve(tag));
            assertThat(target.map(Descriptor::digest))
                    .as("%s:%s", image.repository, tag)
                    .hasValue(digest);
        }
        for (Digest blob : image.blobs) {
            try (BlobContent content = patiently(() -> repository.blobs().open(blob))) {
                assertThat(Digest.sha256(content.stream().readAllBytes())).isEqualTo(blob);
            }
        }
    }

    /** Does what it is told to do later: as clients do, which repeat what is answered with 503. */
    private static <T> T patiently(Supplier<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.get();
            } catch (RegistryException e) {
                boolean busy = e.errors().get(0).code().equals(ErrorCode.UNAVAILABLE)
                        && e.retryAfter().isPresent();
                if (!busy || attempt == 20) {
                    throw e;
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(200);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }
}
