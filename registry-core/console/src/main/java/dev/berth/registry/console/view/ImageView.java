package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is shown of a manifest and what it names. Immutable. The texts come from whoever pushed it.
 *
 * @param repository where it is
 * @param manifest the manifest
 * @param document what it says; empty if it cannot be read
 * @param problem why it, or its configuration, cannot be read; empty if they can
 * @param platforms the images of an index
 * @param config the configuration of an image; empty if there is none that can be read
 */
public record ImageView(
        RepositoryName repository,
        Manifest manifest,
        Optional<ManifestDocument> document,
        String problem,
        List<PlatformRow> platforms,
        Optional<ImageConfig> config) {

    /** Copies the list. */
    public ImageView {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(problem, "problem");
        platforms = List.copyOf(platforms);
        Objects.requireNonNull(config, "config");
    }

    /**
     * Reads a manifest and what it names.
     *
     * @return empty if there is no such manifest
     * @throws RegistryException if the registry fails or refuses the caller
     */
    public static Optional<ImageView> find(Repository repository, ManifestSelector selector) {
        try {
            return Optional.of(of(repository, repository.manifests().get(selector)));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Reads what a manifest names. What is wrong with that is said in what is returned.
     *
     * @throws RegistryException if the registry fails
     */
    public static ImageView of(Repository repository, Manifest manifest) {
        ManifestDocument document;
        try {
            document = ManifestDocument.parse(manifest);
        } catch (RegistryException e) {
            String problem = Problems.of(e);
            return new ImageView(
                    repository.name(), manifest, Optional.empty(), problem, List.of(), Optional.empty());
        }
        Optional<ImageConfig> config = Optional.empty();
        String problem = "";
        if (document instanceof ImageManifest image && image.isContainerImage()) {
            try {
                config = Optional.of(ImageConfig.read(repository, image.config()));
            } catch (RegistryException e) {
                problem = Problems.of(e);
            }
        }
        List<PlatformRow> platforms =
                document instanceof ImageIndex index ? PlatformRow.read(repository, index) : List.of();
        return new ImageView(repository.name(), manifest, Optional.of(document), problem, platforms, config);
    }

    /** Returns the digest of the manifest. */
    public Digest digest() {
        return manifest.digest();
    }

    /** Returns the image or artifact that it is; empty for an index, and for what cannot be read. */
    public Optional<ImageManifest> image() {
        return document.filter(ImageManifest.class::isInstance).map(ImageManifest.class::cast);
    }

    /** Returns whether it lists images for several platforms. */
    public boolean isIndex() {
        return document.filter(ImageIndex.class::isInstance).isPresent();
    }

    /** Returns the type of an artifact; empty for images. */
    public Optional<String> artifactType() {
        boolean container = image().filter(ImageManifest::isContainerImage).isPresent();
        return container ? Optional.empty() : document.flatMap(ManifestDocument::artifactType);
    }

    /** Returns what the manifest says about itself. */
    public Map<String, String> annotations() {
        return document.map(ManifestDocument::annotations).orElse(Map.of());
    }

    /** Returns the manifest that this one refers to. */
    public Optional<Descriptor> subject() {
        return document.flatMap(ManifestDocument::subject);
    }

    /** Returns the layers, the lowest first. */
    public List<Descriptor> layers() {
        return image().map(ImageManifest::layers).orElse(List.of());
    }

    /** Returns the layers beside the steps that made them. */
    public List<LayerStep> steps() {
        return LayerStep.of(layers(), config.map(ImageConfig::history).orElse(List.of()));
    }

    /** Returns the bytes of configuration and layers, as the manifest states them; of an index those of its images. */
    public long size() {
        return image().map(ImageView::sizeOf)
                .orElseGet(() -> platforms.stream().mapToLong(PlatformRow::size).sum());
    }

    static long sizeOf(ImageManifest image) {
        return image.config().size()
                + image.layers().stream().mapToLong(Descriptor::size).sum();
    }
}
