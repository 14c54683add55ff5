package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;

/**
 * Something that can be pushed: one of {@link TestImages}, or {@code builder::pushTo} of an
 * {@link dev.berth.registry.image.ImageBuilder}, an {@link dev.berth.registry.image.IndexBuilder} or an
 * {@link dev.berth.registry.image.ArtifactBuilder}.
 */
@FunctionalInterface
public interface TestImage {

    /** Pushes it to this repository under these tags, and returns the manifest to which the tags point. */
    Descriptor pushTo(Registry registry, RepositoryName name, Tag... tags);
}
