package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;

/**
 * What a repository uses.
 *
 * @param repository the repository
 * @param bytes the sum of the sizes of its distinct blobs and manifests
 * @param exists whether it has a manifest, and counts as a repository
 * @since 0.1
 */
public record RepositoryUsage(RepositoryName repository, long bytes, boolean exists) {}
