package dev.berth.registry;

/**
 * A repository: the manifests, tags and blobs of one name. This is a view without state or resources, see
 * {@link Registry#repository(RepositoryName)}. Thread-safe.
 *
 * <p>A repository exists while it has a manifest. Pushing the first manifest creates it. Blobs are pushed before that.
 *
 * @since 0.1
 */
public interface Repository {

    /** Returns the name of the repository. */
    RepositoryName name();

    /** Returns the manifests of the repository. */
    Manifests manifests();

    /** Returns the tags of the repository. */
    Tags tags();

    /** Returns the blobs of the repository. */
    Blobs blobs();
}
