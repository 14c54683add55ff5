package dev.berth.registry.copy;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Objects;

/**
 * An image in a registry: where {@link ImageCopier} copies from or to.
 *
 * @param repository the repository
 * @param selector the tag or digest
 */
public record ImageLocation(RepositoryLocation repository, ManifestSelector selector) {

    /** Checks that both are there. */
    public ImageLocation {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(selector, "selector");
    }

    /** Returns an image by its parts. */
    public static ImageLocation of(Registry registry, RepositoryName repository, ManifestSelector selector) {
        return new ImageLocation(new RepositoryLocation(registry, repository), selector);
    }

    /**
     * Parses the name of an image within a registry: {@code team/app:1.0} or {@code team/app@sha256:…}; without tag and
     * digest {@code latest} is meant. Unlike {@link dev.berth.registry.Reference} there is no host in it.
     *
     * @throws IllegalArgumentException if the text is not such a name
     */
    public static ImageLocation of(Registry registry, String image) {
        int at = image.indexOf('@');
        if (at >= 0) {
            return RepositoryLocation.of(registry, image.substring(0, at)).image(Digest.parse(image.substring(at + 1)));
        }
        int colon = image.indexOf(':');
        if (colon >= 0) {
            return RepositoryLocation.of(registry, image.substring(0, colon))
                    .image(Tag.parse(image.substring(colon + 1)));
        }
        return RepositoryLocation.of(registry, image).image(Tag.LATEST);
    }

    /**
     * Returns what a copy of one platform would take of this image, by the rules of
     * {@link CopyOptions.Builder#platform}: the image of that platform, by its digest. Reads the manifest.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#MANIFEST_UNKNOWN} if there is
     *     no such image, or none for the platform; the message names those that there are
     */
    public ImageLocation forPlatform(Platform platform) {
        Manifest manifest = repository.open().manifests().get(selector);
        return repository.image(new PlatformChoice(this, List.of(platform))
                .of(manifest)
                .descriptor()
                .digest());
    }

    /** Prints the name of the image and the registry. */
    @Override
    public String toString() {
        return repository.name() + (selector instanceof Digest ? "@" : ":") + selector + " in " + repository.registry();
    }
}
