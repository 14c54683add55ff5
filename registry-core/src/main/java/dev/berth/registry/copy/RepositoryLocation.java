package dev.berth.registry.copy;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.Objects;

/**
 * A repository of a registry, as the source or target of a synchronization by {@link ImageCopier}.
 *
 * @param registry the registry; it is not closed here
 * @param name the name of the repository in it
 * @since 0.1
 */
public record RepositoryLocation(Registry registry, RepositoryName name) {

    /** Checks that both are there. */
    public RepositoryLocation {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(name, "name");
    }

    /**
     * Returns a repository by its name.
     *
     * @throws IllegalArgumentException if the name is not valid
     */
    public static RepositoryLocation of(Registry registry, String name) {
        return new RepositoryLocation(registry, RepositoryName.parse(name));
    }

    static RepositoryLocation of(ImageLocation image) {
        return new RepositoryLocation(image.registry(), image.repositoryName());
    }

    /** Returns an image in this repository. */
    public ImageLocation image(ManifestSelector selector) {
        return ImageLocation.of(registry, name, selector);
    }

    boolean isSameAs(RepositoryLocation other) {
        return name.equals(other.name) && registry.identity().equals(other.registry.identity());
    }

    Repository open() {
        return registry.repository(name);
    }

    /** Prints the name and the registry. */
    @Override
    public String toString() {
        return name + " in " + registry;
    }
}
