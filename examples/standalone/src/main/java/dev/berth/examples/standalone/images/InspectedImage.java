package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The manifest of an image, and the content that it refers to. */
final class InspectedImage {
    private static final int MAX_CONFIG_BYTES = 8 * 1024 * 1024;

    private final String name;
    private final Repository repository;
    private final Manifest manifest;
    private final ManifestDocument document;

    private InspectedImage(String name, Repository repository, Manifest manifest) {
        this.name = name;
        this.repository = repository;
        this.manifest = manifest;
        this.document = ManifestDocument.parse(manifest);
    }

    /**
     * Reads a manifest.
     *
     * @param name the name that the user gave, for messages
     */
    static InspectedImage read(String name, ImageLocation location) {
        Repository repository = location.repository();
        return new InspectedImage(name, repository, repository.manifests().get(location.selector()));
    }

    String name() {
        return name;
    }

    Manifest manifest() {
        return manifest;
    }

    ManifestDocument document() {
        return document;
    }

    /**
     * Returns the images of an index that have a platform; attestations are none.
     */
    List<Descriptor> platforms() {
        return document instanceof ImageIndex index
                ? index.manifests().stream()
                        .filter(child -> child.platform().isPresent() && PlatformImages.mayBeImage(child))
                        .toList()
                : List.of();
    }

    /** Returns the other entries of an index: nested indexes, attestations, images without a platform. */
    List<Descriptor> others() {
        List<Descriptor> platforms = platforms();
        return document instanceof ImageIndex index
                ? index.manifests().stream()
                        .filter(child -> !platforms.contains(child))
                        .toList()
                : List.of();
    }

    /** Returns the unchanged bytes of the configuration, if this is an image or artifact that has one. */
    Optional<byte[]> configBytes() throws IOException {
        if (!(document instanceof ImageManifest image)) {
            return Optional.empty();
        }
        try (BlobContent content = repository.blobs().open(image.config().digest())) {
            if (content.length() > MAX_CONFIG_BYTES) {
                throw new IOException("The configuration of " + name + " has " + ByteCount.format(content.length())
                        + ", which is too large to inspect.");
            }
            return Optional.of(content.stream().readAllBytes());
        }
    }

    /** Returns the parsed configuration, if this is an image and not another artifact. */
    Optional<ImageConfig> config() throws IOException {
        if (!(document instanceof ImageManifest image) || !isOfImage(image.config())) {
            return Optional.empty();
        }
        try {
            return configBytes().map(ImageConfig::parse);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The configuration of " + name + " cannot be read: " + e.getMessage());
        }
    }

    /** Returns whether this is neither an image nor an index, but for instance a signature or an SBOM. */
    boolean isArtifact() {
        return !(document instanceof ImageIndex)
                && !(document instanceof ImageManifest image && isOfImage(image.config()));
    }

    private static boolean isOfImage(Descriptor config) {
        return config.mediaType().equals(MediaTypes.OCI_CONFIG)
                || config.mediaType().equals(MediaTypes.DOCKER_CONFIG);
    }
}
