package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;

/**
 * Content that can be pushed: one of {@link TestImages}, or {@code builder::pushTo} of an
 * {@link dev.berth.registry.image.ImageBuilder}, an {@link dev.berth.registry.image.IndexBuilder} or an
 * {@link dev.berth.registry.image.ArtifactBuilder}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TestImage {

    /** Pushes it to this repository, with these tags, and returns the manifest that the tags name. */
    Descriptor pushTo(Registry registry, RepositoryName name, Tag... tags);

    /**
     * Pushes it to this location, in any registry, and returns the manifest.
     *
     * @throws IllegalArgumentException if the location has a digest: what an image consists of is known only when it is
     *     pushed
     */
    default Descriptor pushTo(ImageLocation target) {
        Tag tag = target.tag()
                .orElseThrow(() -> new IllegalArgumentException(
                        "An image is pushed with a tag, not with a digest that was chosen before: " + target));
        return pushTo(target.registry(), target.repositoryName(), tag);
    }
}
