package dev.berth.registry.image;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The image that a new one is built upon.
 *
 * @param config its configuration
 * @param manifest its manifest
 */
record BaseImage(Source source, ImageConfig config, ImageManifest manifest) {
    /** A configuration larger than this is none. */
    private static final int MOST_CONFIG_BYTES = 4 * 1024 * 1024;

    /** Indexes that list indexes that list indexes: nobody means that. */
    private static final int MOST_LEVELS = 4;

    /**
     * Where the image is.
     *
     * @param platform the wanted platform; may be empty if there is only one
     */
    record Source(Registry registry, RepositoryName name, ManifestSelector selector, Optional<Platform> platform) {
        private Repository repository() {
            return registry.repository(name);
        }

        @Override
        public String toString() {
            return name + (selector instanceof Digest ? "@" : ":") + selector;
        }
    }

    static BaseImage read(Source source) {
        Found found = find(source, source.selector, MOST_LEVELS);
        ImageManifest manifest = found.manifest;
        String configType = manifest.config().mediaType();
        if (!configType.equals(MediaTypes.OCI_CONFIG) && !configType.equals(MediaTypes.DOCKER_CONFIG)) {
            throw new ImageBuildException("The base image " + source
                    + " is not an image: its configuration is of the type '" + configType + "'");
        }
        ImageConfig config = readConfig(source, manifest.config());
        if (source.platform.isPresent() && !found.platformOf(config).matches(source.platform.get())) {
            throw new ImageBuildException(
                    "The base image " + source + " is for " + config.platform() + ", not for " + source.platform.get());
        }
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new ImageBuildException("The base image " + source + " has "
                    + manifest.layers().size() + " layers, but its configuration lists "
                    + config.diffIds().size());
        }
        return new BaseImage(source, config, manifest);
    }

    /**
     * A manifest.
     *
     * @param listed the platform that an index says it is for
     */
    private record Found(ImageManifest manifest, Optional<Platform> listed) {

        /** Builders leave the variant out of the configuration that they name in the index. */
        Platform platformOf(ImageConfig config) {
            Platform own = config.platform();
            return own.variant().isEmpty() && listed.isPresent()
                    ? new Platform(
                            own.os(), own.architecture(), listed.get().variant(), own.osVersion(), own.osFeatures())
                    : own;
        }
    }

    private static Found find(Source source, ManifestSelector selector, int levels) {
        Manifest manifest = source.repository().manifests().get(selector);
        ManifestDocument document = ManifestDocument.parse(manifest);
        if (document instanceof ImageManifest image) {
            return new Found(image, Optional.empty());
        }
        if (document instanceof ImageIndex index && levels > 0) {
            Descriptor entry = choose(source, index);
            Found found = find(source, entry.digest(), levels - 1);
            return new Found(found.manifest, found.listed.or(entry::platform));
        }
        throw new ImageBuildException("The base image " + source + " is not an image but a '"
                + JsonObject.printable(manifest.mediaType()) + "'");
    }

    private static Descriptor choose(Source source, ImageIndex index) {
        List<Descriptor> images = index.manifests().stream()
                .filter(entry -> ManifestDocument.isKnown(entry.mediaType()))
                // Builders list attestations beside the images, for an unknown platform.
                .filter(entry ->
                        entry.platform().filter(p -> p.os().equals("unknown")).isEmpty())
                .toList();
        Optional<Platform> wanted = source.platform;
        List<Descriptor> suitable = images.stream()
                .filter(entry -> wanted.isEmpty()
                        || entry.platform().isEmpty()
                        || entry.platform().get().matches(wanted.get()))
                .toList();
        if (suitable.isEmpty() || wanted.isEmpty() && suitable.size() > 1) {
            throw new ImageBuildException("The base image " + source
                    + (wanted.isEmpty()
                            ? " is for several platforms; choose one of: "
                            : " is not for " + wanted.get() + ", but for: ")
                    + platforms(images));
        }
        // An entry that names the platform goes before one that says nothing, and the usual variant before the others.
        return suitable.stream()
                .filter(entry -> entry.platform().isPresent())
                .min(Comparator.comparing(
                        entry -> !entry.platform().orElseThrow().isOfUsualVariant()))
                .orElse(suitable.get(0));
    }

    private static String platforms(List<Descriptor> images) {
        return images.stream()
                .map(image -> image.platform().map(Platform::toString).orElse("unknown"))
                .map(JsonObject::printable)
                .collect(Collectors.joining(", "));
    }

    private static ImageConfig readConfig(Source source, Descriptor descriptor) {
        String what = "The configuration " + descriptor.digest() + " of the base image " + source;
        if (descriptor.size() > MOST_CONFIG_BYTES) {
            throw new ImageBuildException(what + " is too large: " + descriptor.size() + " bytes");
        }
        byte[] json;
        try (BlobContent content = source.repository().blobs().open(descriptor.digest())) {
            json = content.stream().readNBytes(MOST_CONFIG_BYTES);
        } catch (IOException e) {
            throw new ImageBuildException(what + " cannot be read: " + e, e);
        }
        if (!Digest.compute(descriptor.digest().algorithm(), json).equals(descriptor.digest())) {
            throw new ImageBuildException(what + " is damaged: it has another digest");
        }
        try {
            return ImageConfig.parse(json);
        } catch (IllegalArgumentException e) {
            throw new ImageBuildException(what + " is of no use: " + e.getMessage(), e);
        }
    }

    /** Returns the layers, the lowest first. */
    List<Descriptor> layers() {
        return manifest.layers();
    }

    /** Makes the layers available in a repository: mounts or copies those that it lacks. */
    void copyLayersTo(Registry target, RepositoryName targetName) {
        Blobs blobs = target.repository(targetName).blobs();
        boolean sameRegistry = target.identity().equals(source.registry.identity());
        for (ManifestReference reference : manifest.references()) {
            Descriptor layer = reference.descriptor();
            if (reference.role() != ManifestReference.Role.LAYER || isElsewhere(reference) || blobs.find(layer.digest()).isPresent()) {
                continue;
            }
            if (sameRegistry
                    && blobs.mount(layer.digest(), MountSource.from(source.name))
                            .isPresent()) {
                continue;
            }
            blobs.push(layer.digest(), new LayerOfBase(layer));
        }
    }

    /** Layers that must not be handed on are where their descriptor says, or missing from the registry of the base. */
    private boolean isElsewhere(ManifestReference layer) {
        return !layer.required()
                && (!layer.descriptor().urls().isEmpty()
                        || source.repository().blobs().find(layer.digest()).isEmpty());
    }

    /** A layer of the base image, read from its registry. */
    private final class LayerOfBase implements BlobSource {
        private final Descriptor layer;

        LayerOfBase(Descriptor layer) {
            this.layer = layer;
        }

        @Override
        public InputStream open() throws IOException {
            BlobContent content = source.repository().blobs().open(layer.digest());
            return new FilterInputStream(content.stream()) {
                @Override
                public void close() {
                    content.close();
                }
            };
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(layer.size());
        }

        @Override
        public boolean reopenable() {
            return true;
        }
    }
}
