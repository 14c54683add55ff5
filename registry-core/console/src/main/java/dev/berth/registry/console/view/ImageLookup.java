package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds what a page is about. Whoever looks at an image does not pull it: the registry is asked whether the caller may see it,
 * and what is shown is read from the storage, so that no pull is counted or reported. Thread-safe.
 */
public final class ImageLookup {
    private final Registry stored;

    /** @param stored the registry as it is stored */
    public ImageLookup(Registry stored) {
        this.stored = Objects.requireNonNull(stored, "stored");
    }

    /**
     * An image that was found.
     *
     * @param repository where it and what it names is read from
     * @param image what it says
     */
    public record Found(Repository repository, ImageView image) {}

    /**
     * Finds an image.
     *
     * @param view the registry as the caller may see it
     * @return empty if there is none
     * @throws RegistryException if the registry fails or refuses the caller
     */
    public Optional<Found> find(Registry view, RepositoryName name, ManifestSelector selector) {
        return resolve(view, name, selector).flatMap(digest -> {
            Repository kept = stored.repository(name);
            Optional<Found> found = ImageView.find(kept, digest).map(image -> new Found(kept, image));
            // One that is not here yet, but at an upstream registry.
            Repository seen = view.repository(name);
            return found.or(() -> ImageView.find(seen, digest).map(image -> new Found(seen, image)));
        });
    }

    /**
     * Finds an image that the caller may see, also if a gate does not hand it out: then people want to know why. Its files and
     * documents are not shown, which {@link #find} sees to.
     *
     * @param view the registry as the caller may see it, who may pull from the repository
     * @return empty if there is none
     * @throws RegistryException if the registry fails
     */
    public Optional<Found> findToTellOf(Registry view, RepositoryName name, ManifestSelector selector) {
        try {
            return find(view, name, selector);
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.DENIED) {
                throw e;
            }
            Repository kept = stored.repository(name);
            return resolve(stored, name, selector)
                    .flatMap(digest -> ImageView.find(kept, digest))
                    .map(image -> new Found(kept, image));
        }
    }

    /** Returns the digest of an image that the caller may see. */
    private static Optional<Digest> resolve(Registry view, RepositoryName name, ManifestSelector selector) {
        try {
            return view.repository(name).manifests().find(selector).map(Descriptor::digest);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
