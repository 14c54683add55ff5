package dev.berth.registry;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * The source of {@link Blobs#mount}: one repository, or any repository that has the blob and that the caller may read.
 *
 * @since 0.1
 */
public sealed interface MountSource {

    /**
     * The repository that the client names ({@code from} in the specification, end-11).
     *
     * @since 0.1
     */
    record From(RepositoryName repository) implements MountSource {
        /** Checks that the name is not null. */
        public From {
            Objects.requireNonNull(repository, "repository");
        }
    }

    /**
     * Any repository that has the blob: a mount without {@code from}.
     *
     * @since 0.1
     */
    record Any() implements MountSource {}

    /**
     * Any repository that has the blob and matches the predicate. A view that limits what its caller may read replaces
     * {@link Any} by this source. A registry that cannot apply the predicate must not mount.
     *
     * @since 0.1
     */
    record AnyReadable(Predicate<RepositoryName> readable) implements MountSource {
        /** Checks that the predicate is not null. */
        public AnyReadable {
            Objects.requireNonNull(readable, "readable");
        }
    }

    /** Returns the source that is this repository. */
    static MountSource from(RepositoryName repository) {
        return new From(repository);
    }

    /** Returns the source that is any repository of the registry. */
    static MountSource any() {
        return new Any();
    }

    /**
     * Returns the source that is any repository that the caller may read.
     *
     * @param readable whether the caller may read a repository
     */
    static MountSource anyReadable(Predicate<RepositoryName> readable) {
        return new AnyReadable(readable);
    }
}
