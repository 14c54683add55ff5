package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts signatures beside an image. */
final class SignatureArtifacts {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_TRIES = 10;

    private final Repository repository;
    private final Descriptor image;

    SignatureArtifacts(Repository repository, Descriptor image) {
        this.repository = repository;
        this.image = image;
    }

    /** Pushes a blob, and returns it as a layer. */
    Descriptor layer(String mediaType, byte[] content, Map<String, String> annotations) {
        return push(mediaType, content).withAnnotations(annotations);
    }

    private Descriptor push(String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        repository.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Puts a referrer whose artifact type is that of its empty configuration. */
    Descriptor referrerByConfig(String type, byte[] config, List<Descriptor> layers, Map<String, String> annotations) {
        return put(ImageManifest.of(push(type, config), layers)
                .withAnnotations(annotations)
                .withSubject(image)
                .toManifest());
    }

    /** As {@link #referrerByConfig}, with nothing in the configuration. */
    Descriptor referrerByConfig(String type, List<Descriptor> layers, Map<String, String> annotations) {
        return referrerByConfig(type, EMPTY, layers, annotations);
    }

    /** Puts a referrer that has an artifact type, and the empty configuration of artifacts. */
    Descriptor referrer(String type, List<Descriptor> layers, Map<String, String> annotations) {
        return put(ImageManifest.of(push(MediaTypes.OCI_EMPTY, EMPTY), layers)
                .withArtifactType(type)
                .withAnnotations(annotations)
                .withSubject(image)
                .toManifest());
    }

    private Descriptor put(Manifest manifest) {
        repository.manifests().put(manifest, PutOptions.untagged());
        return manifest.descriptor();
    }

    /**
     * Adds a layer to the manifest at a tag of cosign, unless it is there already.
     *
     * @param same whether a layer says the same as the new one
     */
    Descriptor addToTag(String suffix, Descriptor layer, Predicate<Descriptor> same) {
        Tag tag = SignatureSearch.tag(image.digest(), suffix)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.UNSUPPORTED,
                        "The digest " + image.digest() + " is too long for a tag of cosign; sign it as a referrer"));
        for (int tries = 1; ; tries++) {
            Optional<Descriptor> current = repository.tags().resolve(tag);
            List<Descriptor> layers = new ArrayList<>();
            if (current.isPresent()) {
                layers.addAll(layersOf(tag, current.get().digest()));
                if (layers.stream().anyMatch(same)) {
                    return current.get();
                }
            }
            layers.add(layer);
            Manifest manifest = ImageManifest.of(push(MediaTypes.OCI_CONFIG, config(layers)), layers)
                    .toManifest();
            TagCondition condition = current.<TagCondition>map(now -> TagCondition.currently(now.digest()))
                    .orElseGet(TagCondition::absent);
            try {
                put(manifest, tag, condition);
                return manifest.descriptor();
            } catch (RegistryException e) {
                // Somebody else signed the image in between, and both signatures are wanted.
                if (e.code() != ErrorCode.PRECONDITION_FAILED || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void put(Manifest manifest, Tag tag, TagCondition condition) {
        try {
            repository.manifests().put(manifest, PutOptions.tagged(tag).onlyIf(condition));
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.UNSUPPORTED) {
                throw e;
            }
            // Other registries know no conditions. cosign adds signatures without one everywhere.
            repository.manifests().put(manifest, PutOptions.tagged(tag));
        }
    }

    private List<Descriptor> layersOf(Tag tag, Digest digest) {
        if (ManifestDocument.parse(repository.manifests().get(digest)) instanceof ImageManifest manifest) {
            return manifest.layers();
        }
        throw RegistryException.of(
                ErrorCode.MANIFEST_INVALID,
                "The tag " + tag + " of " + repository.name()
                        + " has something else than signatures; delete it, or sign as a referrer");
    }

    /** The configuration that cosign writes: that of an image for no system, whose layers are the payloads. */
    static byte[] config(List<Descriptor> layers) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("architecture", "").put("os", "");
        ObjectNode files = root.putObject("rootfs");
        files.put("type", "layers");
        var ids = files.putArray("diff_ids");
        layers.forEach(layer -> ids.add(layer.digest().toString()));
        root.putObject("config");
        return StrictJson.write(root);
    }
}
