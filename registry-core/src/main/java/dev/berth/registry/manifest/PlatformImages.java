package dev.berth.registry.manifest;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images that a tag or digest names: those of an index, as a rule one for each platform, or a single one. Immutable
 * and thread-safe.
 *
 * <p>An index within an index counts by its entries. Entries that describe other entries, such as the
 * attestations of a build, are not images: they are never chosen. Where an index does not name the platform of an image, the configuration of the image
 * is read, and only if it matters.
 *
 * @since 0.1
 */
public final class PlatformImages {
    /** How BuildKit marks an entry that describes another one. */
    private static final String DESCRIPTION = "vnd.docker.reference.type";

    private final ImageLocation location;
    private final List<Descriptor> entries;
    private final Supplier<List<Descriptor>> complete;

    private PlatformImages(ImageLocation location, List<Descriptor> entries, Supplier<List<Descriptor>> complete) {
        this.location = location;
        this.entries = List.copyOf(entries);
        this.complete = Suppliers.memoize(complete);
    }

    /**
     * Reads the manifest at a location.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if there is none, otherwise as
     *     {@link #of(ImageLocation, Manifest)}
     */
    public static PlatformImages of(ImageLocation location) {
        return of(location, location.get());
    }

    /**
     * Returns the images of a manifest that was read from a location. Reads the indexes that it lists, if it is an index.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_INVALID} if the manifest or an index in it is malformed;
     *     with {@link ErrorCode#UNSUPPORTED} if more than a thousand would have to be read
     */
    public static PlatformImages of(ImageLocation location, Manifest manifest) {
        ManifestDocument document = ManifestDocument.parse(manifest);
        if (document instanceof ImageIndex index) {
            IndexImages reading = new IndexImages(location);
            List<Descriptor> entries = reading.of(index);
            return new PlatformImages(location, entries, () -> reading.withPlatforms(entries));
        }
        Descriptor single = manifest.descriptor();
        return new PlatformImages(
                location, List.of(single), () -> List.of(single.withPlatform(platformOf(location, document))));
    }

    private static Platform platformOf(ImageLocation location, ManifestDocument document) {
        return ImageConfig.read(
                        location.repository(), requireImage(location, document).config())
                .platform();
    }

    static ImageManifest requireImage(ImageLocation location, ManifestDocument document) {
        if (document instanceof ImageManifest image && image.isContainerImage()) {
            return image;
        }
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                location + " is not an image and has no platform: it is of the type "
                        + document.artifactType().orElse(document.mediaType()));
    }

    /**
     * Returns whether an entry of an index may be an image: neither the platform {@code unknown} nor an annotation says
     * that it describes another entry, as an attestation does.
     */
    public static boolean mayBeImage(Descriptor entry) {
        return entry.platform().map(Platform::isKnown).orElse(true)
                && !entry.annotations().containsKey(DESCRIPTION);
    }

    /**
     * Returns all entries, whether they are images or not, with the platforms that the index names; of a single image only
     * that one, without its platform.
     */
    public List<Descriptor> entries() {
        return entries;
    }

    /**
     * Returns the images, each with its platform.
     *
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if the location has a single manifest that is not one
     *     of an image; otherwise if a registry fails
     */
    public List<Descriptor> images() {
        Map<String, Descriptor> images = new LinkedHashMap<>();
        for (Descriptor entry : complete.get()) {
            entry.platform()
                    .filter(platform -> mayBeImage(entry))
                    .ifPresent(platform -> images.putIfAbsent(entry.digest() + " " + platform, entry));
        }
        return List.copyOf(images.values());
    }

    /**
     * Returns the image for a platform, by the rules of {@link Platform#matches}. Of several that match, the first one of
     * the usual variant is taken, else the first one.
     *
     * @throws RegistryException as {@link #get}, other than {@link ErrorCode#MANIFEST_UNKNOWN}
     */
    public Optional<Descriptor> find(Platform platform) {
        return find(entries, platform).or(() -> find(complete.get(), platform));
    }

    private static Optional<Descriptor> find(List<Descriptor> images, Platform wanted) {
        return matching(images, wanted)
                .filter(image -> image.platform().orElseThrow().isOfUsualVariant())
                .findFirst()
                .or(() -> matching(images, wanted).findFirst());
    }

    private static Stream<Descriptor> matching(List<Descriptor> images, Platform wanted) {
        return images.stream()
                .filter(PlatformImages::mayBeImage)
                .filter(image -> image.platform().filter(p -> p.matches(wanted)).isPresent());
    }

    /**
     * Returns the image for a platform, as {@link #find} does.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if there is none; the message lists the platforms
     *     that there are. With {@link ErrorCode#UNSUPPORTED} if the location has a single manifest that is not one of an
     *     image; otherwise if a registry fails
     */
    public Descriptor get(Platform platform) {
        return find(platform)
                .orElseThrow(() -> missing(
                        location,
                        platform,
                        complete.get().stream()
                                .filter(PlatformImages::mayBeImage)
                                .flatMap(entry -> entry.platform().stream())
                                .toList()));
    }

    /**
     * Returns the only image.
     *
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if there are several; the message lists their
     *     platforms. With {@link ErrorCode#MANIFEST_UNKNOWN} if there is none; otherwise as {@link #images}
     */
    public Descriptor only() {
        List<Descriptor> images = images();
        if (images.isEmpty()) {
            throw RegistryException.of(ErrorCode.MANIFEST_UNKNOWN, "There is no image in the index " + location);
        }
        if (images.stream().map(Descriptor::digest).distinct().count() > 1) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID,
                    location + " is for several platforms; choose one of: "
                            + print(images.stream()
                                    .map(image -> image.platform().orElseThrow())
                                    .toList()));
        }
        return images.get(0);
    }

    static RegistryException missing(ImageLocation location, Platform wanted, Collection<Platform> present) {
        String offered = print(present);
        return RegistryException.of(
                ErrorCode.MANIFEST_UNKNOWN,
                "There is no image for " + print(wanted) + " in " + location + "; "
                        + (offered.isEmpty() ? "it names no platform at all" : "there are: " + offered));
    }

    private static String print(Collection<Platform> platforms) {
        return platforms.stream()
                .filter(Platform::isKnown)
                .map(PlatformImages::print)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String print(Platform platform) {
        return platform
                + platform.osVersion().map(version -> " (" + version + ")").orElse("");
    }
}
