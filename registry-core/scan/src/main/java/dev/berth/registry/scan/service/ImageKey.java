package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.Objects;

/**
 * An image in a repository. What is known of an image is known for each repository that has it.
 *
 * @param repository the repository
 * @param digest that of its manifest
 * @since 0.1
 */
public record ImageKey(RepositoryName repository, Digest digest) {

    /** Checks that both are there. */
    public ImageKey {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(digest, "digest");
    }

    /** Returns {@code team/app@sha256:…}. */
    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
