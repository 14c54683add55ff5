package dev.berth.registry.layout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Reference;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the files of an image layout from a {@link DockerArchive}: an {@code index.json}, a manifest for each image, and
 * the names by digest of what is in the archive. The digest of a plain layer stands in the configuration; only
 * compressed layers, which a few programs write, are read through for theirs.
 */
final class DockerArchiveReader {
    private static final int MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
    private static final int MAX_CONFIG_BYTES = 8 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final LayoutFiles archive;
    private final Map<String, LayoutFile> files = new HashMap<>();
    private final List<Descriptor> entries = new ArrayList<>();
    /** So that a layer of many images is looked at once. */
    private final Map<LayoutFile, Descriptor> layers = new HashMap<>();
    /** So that countless images of one large configuration, which a small file can name, do not take for ever. */
    private final Map<LayoutFile, Config> configs = new HashMap<>();

    /**
     * What a configuration says.
     *
     * @param descriptor its descriptor
     * @param diffIds the digests of the layers before compression
     */
    private record Config(Descriptor descriptor, List<Digest> diffIds) {}

    DockerArchiveReader(LayoutFiles archive) {
        this.archive = archive;
    }

    Map<String, LayoutFile> read() throws IOException {
        try {
            byte[] manifest = find(DockerArchive.MANIFEST).read(DockerArchive.MANIFEST, MAX_MANIFEST_BYTES);
            JsonObject named = JsonObject.root(
                    JsonNodeFactory.instance.objectNode().set(DockerArchive.MANIFEST, StrictJson.parse(manifest)));
            for (JsonObject image : named.objects(DockerArchive.MANIFEST)) {
                addImage(image);
            }
        } catch (MalformedJsonException e) {
            throw new MalformedLayoutException(
                    (e.field().isEmpty() ? "its " + DockerArchive.MANIFEST + " " : "in it ") + e.getMessage(), e);
        }
        files.put(
                LayoutIndex.FILE,
                new MemoryFile(ImageIndex.of(entries).toManifest().bytes()));
        return Map.copyOf(files);
    }

    private void addImage(JsonObject image) throws IOException {
        String configName = image.requireString("Config");
        Config config = config(configName);
        List<Digest> diffIds = config.diffIds();
        List<String> layerNames = image.strings("Layers");
        if (layerNames.size() != diffIds.size()) {
            throw new MalformedLayoutException("an image in it has " + layerNames.size()
                    + " layers, but its configuration '" + JsonObject.printable(configName) + "' names "
                    + diffIds.size());
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (int i = 0; i < layerNames.size(); i++) {
            descriptors.add(layer(find(layerNames.get(i)), diffIds.get(i)));
        }
        Manifest manifest = ImageManifest.of(config.descriptor(), descriptors).toManifest();
        files.put(LayoutGraph.path(manifest.digest()), new MemoryFile(manifest.bytes()));
        addEntries(manifest.descriptor(), image.strings("RepoTags"));
    }

    private Config config(String name) throws IOException {
        LayoutFile file = find(name);
        Config known = configs.get(file);
        if (known != null) {
            return known;
        }
        byte[] bytes = file.read(name, MAX_CONFIG_BYTES);
        Config config = new Config(
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(bytes), bytes.length), diffIds(name, bytes));
        configs.put(file, config);
        files.put(LayoutGraph.path(config.descriptor().digest()), file);
        return config;
    }

    private void addEntries(Descriptor manifest, List<String> names) {
        List<Descriptor> named = names.stream()
                .flatMap(name -> reference(name).stream())
                .map(name -> manifest.withAnnotations(Map.of(
                        LayoutNames.IMAGE_NAME,
                        name.toString(),
                        LayoutNames.REF_NAME,
                        name.tag().orElseThrow().value())))
                .toList();
        entries.addAll(named.isEmpty() ? List.of(manifest) : named);
    }

    /** Some programs write {@code <none>:<none>} for an image without a name. */
    private static Optional<Reference> reference(String name) {
        try {
            return Optional.of(Reference.parse(name))
                    .filter(parsed -> parsed.tag().isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Digest> diffIds(String configName, byte[] config) throws MalformedLayoutException {
        try {
            return JsonObject.root(StrictJson.parseLastNameWins(config))
                    .requireObject("rootfs")
                    .strings("diff_ids")
                    .stream()
                    .map(Digest::parse)
                    .toList();
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new MalformedLayoutException(
                    "the configuration '" + JsonObject.printable(configName) + "' in it is not valid: "
                            + e.getMessage(),
                    e);
        }
    }

    private Descriptor layer(LayoutFile file, Digest diffId) throws IOException {
        Descriptor known = layers.get(file);
        if (known != null) {
            return known;
        }
        Optional<String> compressed = compression(file);
        Descriptor layer = Descriptor.of(
                compressed.orElse(MediaTypes.OCI_LAYER_TAR),
                compressed.isPresent() ? digest(file) : diffId,
                file.size());
        layers.put(file, layer);
        files.put(LayoutGraph.path(layer.digest()), file);
        return layer;
    }

    private static Optional<String> compression(LayoutFile file) throws IOException {
        byte[] magic;
        try (InputStream beginning = file.open(0, Math.min(4, file.size()))) {
            magic = beginning.readAllBytes();
        }
        if (magic.length == 4 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return Optional.of(MediaTypes.OCI_LAYER_TAR_GZIP);
        }
        if (magic.length == 4
                && magic[0] == 0x28
                && (magic[1] & 0xff) == 0xb5
                && magic[2] == 0x2f
                && (magic[3] & 0xff) == 0xfd) {
            return Optional.of(MediaTypes.OCI_LAYER_TAR_ZSTD);
        }
        return Optional.empty();
    }

    private static Digest digest(LayoutFile file) throws IOException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = file.open(0, file.size())) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return Digest.finish(DigestAlgorithm.SHA256, hash);
    }

    private LayoutFile find(String name) throws IOException {
        return archive.find(TarPath.of(name))
                .orElseThrow(() -> new MalformedLayoutException(
                        "its file " + TarPath.printable(name) + " is missing; make the archive anew"));
    }
}
