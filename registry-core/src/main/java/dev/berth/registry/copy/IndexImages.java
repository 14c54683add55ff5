package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the images of an index with their platforms, also where the index does not say all of it itself. */
final class IndexImages {
    private static final int MAX_READ = 1000;

    private final ImageLocation location;
    private final ConfigPlatform configs;
    private int read;

    IndexImages(ImageLocation location) {
        this.location = location;
        this.configs = new ConfigPlatform(location);
    }

    /**
     * Returns what an index lists, and in the place of an index in it, what that one lists. What such an index is for is
     * the platform of what it lists, unless that has one of its own.
     */
    List<Descriptor> of(ImageIndex index) {
        List<Descriptor> images = new ArrayList<>();
        for (Descriptor child : index.manifests()) {
            Optional<ManifestDocument> nested = isIndex(child) ? read(child) : Optional.empty();
            if (nested.isPresent() && nested.get() instanceof ImageIndex inner) {
                of(inner).forEach(image -> images.add(inherit(child, image)));
            } else {
                images.add(child);
            }
        }
        return images;
    }

    private static boolean isIndex(Descriptor child) {
        return child.mediaType().equals(MediaTypes.OCI_INDEX)
                || child.mediaType().equals(MediaTypes.DOCKER_MANIFEST_LIST);
    }

    private static Descriptor inherit(Descriptor index, Descriptor image) {
        return image.platform().isPresent()
                ? image
                : index.platform().map(image::withPlatform).orElse(image);
    }

    /** Returns the same list, with the platforms that only the configurations of the images tell. */
    List<Descriptor> withPlatforms(List<Descriptor> images) {
        return images.stream().map(this::withPlatform).toList();
    }

    private Descriptor withPlatform(Descriptor image) {
        if (image.platform().isPresent() || !ManifestDocument.isKnown(image.mediaType())) {
            return image;
        }
        Optional<Platform> platform = read(image).flatMap(this::platform);
        return platform.map(image::withPlatform).orElse(image);
    }

    private Optional<Platform> platform(ManifestDocument document) {
        try {
            return document instanceof ImageManifest ? configs.of(document) : Optional.empty();
        } catch (RegistryException e) {
            return ofWhatIsThere(e);
        }
    }

    private Optional<ManifestDocument> read(Descriptor child) {
        if (++read > MAX_READ) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "To choose a platform of " + location + " more than " + MAX_READ
                            + " manifests would have to be read; name the image by its digest");
        }
        try {
            return Optional.of(ManifestDocument.parse(
                    location.repository().open().manifests().get(child.digest())));
        } catch (RegistryException e) {
            return ofWhatIsThere(e);
        }
    }

    /** An index may list more than the registry has: that is no reason not to take what is there. */
    private <T> Optional<T> ofWhatIsThere(RegistryException e) {
        if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.BLOB_UNKNOWN) {
            return Optional.empty();
        }
        throw CopyFailure.of("read the platforms of " + location, e);
    }
}
