package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the images of an index with their platforms, also where the index does not name them all. For one thread. */
final class IndexImages {
    private static final int MAX_READ = 1000;

    private final ImageLocation location;
    private int read;

    /**
     * Reads nothing yet.
     *
     * @param location the index
     */
    IndexImages(ImageLocation location) {
        this.location = location;
    }

    /**
     * Returns the entries of an index. An index among them is replaced by its entries, which have its platform unless
     * they have their own.
     */
    List<Descriptor> of(ImageIndex index) {
        List<Descriptor> images = new ArrayList<>();
        for (Descriptor entry : index.manifests()) {
            Optional<ManifestDocument> nested =
                    ImageIndex.isImageIndex(entry.mediaType()) ? read(entry) : Optional.empty();
            if (nested.isPresent() && nested.get() instanceof ImageIndex inner) {
                of(inner).forEach(image -> images.add(inherit(entry, image)));
            } else {
                images.add(entry);
            }
        }
        return images;
    }

    private static Descriptor inherit(Descriptor index, Descriptor image) {
        return image.platform().isPresent()
                ? image
                : index.platform().map(image::withPlatform).orElse(image);
    }

    /** Returns the same entries; an image without a platform gets the one in its configuration. */
    List<Descriptor> withPlatforms(List<Descriptor> entries) {
        return entries.stream().map(this::withPlatform).toList();
    }

    private Descriptor withPlatform(Descriptor image) {
        if (image.platform().isPresent()
                || !PlatformImages.mayBeImage(image)
                || !ManifestDocument.isKnown(image.mediaType())) {
            return image;
        }
        Optional<Platform> platform = read(image).flatMap(this::platform);
        return platform.map(image::withPlatform).orElse(image);
    }

    private Optional<Platform> platform(ManifestDocument document) {
        if (!(document instanceof ImageManifest image) || !image.isContainerImage()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ImageConfig.read(location.repository(), image.config()).platform());
        } catch (RegistryException e) {
            return emptyIfAbsent(e);
        }
    }

    private Optional<ManifestDocument> read(Descriptor entry) {
        if (++read > MAX_READ) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "To choose a platform of " + location + " more than " + MAX_READ
                            + " manifests would have to be read; name the image by its digest");
        }
        try {
            return Optional.of(
                    ManifestDocument.parse(location.repository().manifests().get(entry.digest())));
        } catch (RegistryException e) {
            return emptyIfAbsent(e);
        }
    }

    /** An index may list images that the registry does not have. The others can still be used. */
    private static <T> Optional<T> emptyIfAbsent(RegistryException e) {
        if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.BLOB_UNKNOWN) {
            return Optional.empty();
        }
        throw e;
    }
}
