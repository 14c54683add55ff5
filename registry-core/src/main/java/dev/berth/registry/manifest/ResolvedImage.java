package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One image for one platform, found by a tag or digest: its manifest and configuration, read from the registry, and the
 * index that led to it. Immutable.
 *
 * <pre>{@code
 * ResolvedImage image = ResolvedImage.of(ImageLocation.of(registry, "library/debian:12"), Platform.parse("linux/arm64"));
 * System.out.println(image.config().labels() + ", " + image.layers().size() + " layers, " + image.size() + " bytes");
 * }</pre>
 *
 * <p>A platform is chosen by the rules of {@link PlatformImages}, which also lists those that there are.
 *
 * @since 0.1
 */
public final class ResolvedImage {
    private final ImageLocation location;
    private final Descriptor descriptor;
    private final ImageManifest manifest;
    private final ImageConfig config;
    private final Platform platform;
    private final Optional<ImageIndex> index;

    private ResolvedImage(
            ImageLocation location,
            Manifest source,
            ImageManifest manifest,
            Optional<Platform> listed,
            Optional<ImageIndex> index) {
        this.location = location.withSelector(source.digest());
        this.manifest = manifest;
        this.config = ImageConfig.read(location.repository(), manifest.config());
        this.platform = listed.map(this::complete).orElse(config.platform());
        this.descriptor = source.descriptor().withPlatform(platform);
        this.index = index;
    }

    /** An index may leave out what the configuration says of the same platform. It decides on everything else. */
    private Platform complete(Platform listed) {
        Platform own = config.platform();
        return listed.variant().isEmpty() && own.matches(listed) ? own : listed;
    }

    /**
     * Resolves an image that is for one platform only.
     *
     * @throws RegistryException as {@link #of(ImageLocation, Platform)}, and with {@link ErrorCode#REQUEST_INVALID} if the
     *     image is for several platforms; the message lists them
     */
    public static ResolvedImage of(ImageLocation location) {
        return of(location, Optional.empty());
    }

    /**
     * Resolves the image for a platform.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if there is no such image, or none for the
     *     platform; in the latter case the message lists the platforms that there are. With {@link ErrorCode#UNSUPPORTED}
     *     if it is an artifact rather than an image, with {@link ErrorCode#MANIFEST_INVALID} if the manifest or the
     *     configuration is malformed, otherwise if the registry fails
     */
    public static ResolvedImage of(ImageLocation location, Platform platform) {
        return of(location, Optional.of(platform));
    }

    /** Resolves the image for a platform, or the only one if none is given. As the other methods. */
    public static ResolvedImage of(ImageLocation location, Optional<Platform> platform) {
        Manifest named = location.get();
        ManifestDocument document = ManifestDocument.parse(named);
        if (document instanceof ImageIndex index) {
            PlatformImages images = PlatformImages.of(location, named);
            return inIndex(location, index, platform.map(images::get).orElseGet(images::only));
        }
        ResolvedImage image = new ResolvedImage(
                location, named, PlatformImages.requireImage(location, document), Optional.empty(), Optional.empty());
        platform.filter(wanted -> !image.platform.matches(wanted)).ifPresent(wanted -> {
            throw PlatformImages.missing(location, wanted, List.of(image.platform));
        });
        return image;
    }

    private static ResolvedImage inIndex(ImageLocation location, ImageIndex index, Descriptor entry) {
        ImageLocation chosen = location.withSelector(entry.digest());
        Manifest manifest = chosen.get();
        ImageManifest image = PlatformImages.requireImage(chosen, ManifestDocument.parse(manifest));
        return new ResolvedImage(chosen, manifest, image, entry.platform(), Optional.of(index));
    }

    /** Returns the location of the image itself, by its digest. */
    public ImageLocation location() {
        return location;
    }

    /** Returns the descriptor of the manifest of the image, with the platform. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** Returns the manifest of the image. */
    public ImageManifest manifest() {
        return manifest;
    }

    /** Returns the configuration. */
    public ImageConfig config() {
        return config;
    }

    /** Returns the layers, the lowest first. */
    public List<Descriptor> layers() {
        return manifest.layers();
    }

    /** Returns the platform that the index names, or that of the configuration. */
    public Platform platform() {
        return platform;
    }

    /** Returns the index at the location that was resolved; empty if the image itself is there. */
    public Optional<ImageIndex> index() {
        return index;
    }

    /**
     * Returns the size of the image in the registry, in bytes: manifest, configuration and layers as they are stored, as a
     * rule compressed. A layer that the image has twice counts once.
     */
    public long size() {
        Map<Digest, Long> sizes = new HashMap<>();
        sizes.put(descriptor.digest(), descriptor.size());
        manifest.references().stream()
                .filter(ManifestReference::isContent)
                .forEach(content ->
                        sizes.put(content.digest(), content.descriptor().size()));
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Prints the location and the platform. */
    @Override
    public String toString() {
        return location + " (" + platform + ")";
    }
}
