package dev.berth.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * The location of an image: a registry, a repository and a tag or digest. It is the source or target of copies and
 * builds, and names the images of tests.
 *
 * <pre>{@code
 * Manifest manifest = ImageLocation.of(registry, "team/app:1.0").get();
 * }</pre>
 *
 * <p>The image need not exist. A location holds no resources and is as thread-safe as its registry.
 *
 * @param registry the registry, which its creator closes
 * @param repositoryName the name of the repository
 * @param selector the tag or digest
 * @since 0.1
 */
public record ImageLocation(Registry registry, RepositoryName repositoryName, ManifestSelector selector) {

    /** Checks that no part is null. */
    public ImageLocation {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(repositoryName, "repositoryName");
        Objects.requireNonNull(selector, "selector");
    }

    /** Returns the location with these parts. */
    public static ImageLocation of(Registry registry, RepositoryName repositoryName, ManifestSelector selector) {
        return new ImageLocation(registry, repositoryName, selector);
    }

    /**
     * Returns the location of the image with this name in the registry: {@code team/app:1.0} or
     * {@code team/app@sha256:…}. Without tag and digest, the tag is {@code latest}. Unlike a {@link Reference}, the
     * name has no host, and no default repository prefix is added.
     *
     * @throws IllegalArgumentException if the text is not a valid name; the message says which part is wrong
     */
    public static ImageLocation of(Registry registry, String image) {
        int at = image.indexOf('@');
        if (at >= 0) {
            return of(registry, image.substring(0, at), Digest.parse(image.substring(at + 1)));
        }
        int colon = image.indexOf(':');
        if (colon >= 0) {
            return of(registry, image.substring(0, colon), Tag.parse(image.substring(colon + 1)));
        }
        return of(registry, image, Tag.LATEST);
    }

    private static ImageLocation of(Registry registry, String name, ManifestSelector selector) {
        return new ImageLocation(registry, RepositoryName.parse(name), selector);
    }

    /** Returns the repository, as {@link Registry#repository(RepositoryName)} does: without I/O. */
    public Repository repository() {
        return registry.repository(repositoryName);
    }

    /** Returns the tag, or empty if the image is named by its digest. */
    public Optional<Tag> tag() {
        return selector instanceof Tag tag ? Optional.of(tag) : Optional.empty();
    }

    /** Returns the location of another image of the same repository. */
    public ImageLocation withSelector(ManifestSelector newSelector) {
        return new ImageLocation(registry, repositoryName, newSelector);
    }

    /**
     * Looks up the image without its content, as {@link Manifests#find} does.
     *
     * @return the media type, digest and size in bytes of its manifest, or empty if the image does not exist
     * @throws RegistryException as {@link Manifests#find} does
     */
    public Optional<Descriptor> find() {
        return repository().manifests().find(selector);
    }

    /**
     * Returns the manifest of the image.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the image does not exist, otherwise as
     *     {@link Manifests#get} does
     */
    public Manifest get() {
        return repository().manifests().get(selector);
    }

    /**
     * Pushes a manifest to this location. Sets the tag unconditionally; sets none if the location has a digest.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the location has a digest that is not the
     *     manifest's, otherwise as {@link Manifests#put(Manifest, PutOptions)} does
     */
    public PutResult put(Manifest manifest) {
        if (selector instanceof Digest digest && !digest.equals(manifest.digest())) {
            throw RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    "The manifest " + manifest.digest() + " cannot be stored as " + this
                            + ": the digests differ; use a location with a tag");
        }
        return repository()
                .manifests()
                .put(manifest, tag().map(PutOptions::tagged).orElseGet(PutOptions::untagged));
    }

    /** Returns the name of the image and the registry. */
    @Override
    public String toString() {
        return repositoryName + (selector instanceof Digest ? "@" : ":") + selector + " in " + registry;
    }
}
