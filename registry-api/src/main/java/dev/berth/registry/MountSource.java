package dev.berth.registry;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * Where {@link Blobs#mount} may take a blob from: one repository, or any that has it and that the caller may read.
 *
 * @since 0.1
 */
public sealed interface MountSource {

    /**
     * One repository, named by the client ({@code from} in the specification, end-11).
     *
     * @since 0.1
     */
    record From(RepositoryName repository) implements MountSource {
        /** Checks that there is a name. */
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
     * Any repository that has the blob and passes the predicate. A view that limits what its caller may read turns
     * {@link Any} into this. A registry that cannot apply the predicate must not mount.
     *
     * @since 0.1
     */
    record AnyReadable(Predicate<RepositoryName> readable) implements MountSource {
        /** Checks that there is a predicate. */
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

    /** Returns the source that is any repository of which the predicate says that the caller may read it. */
    static MountSource anyReadable(Predicate<RepositoryName> readable) {
        return new AnyReadable(readable);
    }
}
