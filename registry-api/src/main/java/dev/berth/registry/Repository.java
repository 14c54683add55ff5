package dev.berth.registry;

/**
 * A repository: the manifests, tags and blobs under one name. A view without state or resources of its own; see
 * {@link Registry#repository}.
 *
 * <p>A repository exists from its first manifest to its last. Nothing creates it but that first manifest; blobs may be
 * pushed before.
 *
 * @since 0.1
 */
public interface Repository {

    /** Returns the name that this view was made for. */
    RepositoryName name();

    /** Returns the manifests of the repository. */
    Manifests manifests();

    /** Returns the tags of the repository. */
    Tags tags();

    /** Returns the blobs of the repository. */
    Blobs blobs();
}
