package dev.berth.registry.image;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the base of a new image is.
 *
 * @param at finds it, with the registries that references name
 * @param platform the wanted platform; may be empty if there is only one
 */
record ImageSource(Function<NamedRegistries, ImageLocation> at, Optional<Platform> platform) {

    ImageLocation in(NamedRegistries registries) {
        return at.apply(registries);
    }

    static ImageSource of(ImageLocation location, Optional<Platform> platform) {
        Objects.requireNonNull(location, "location");
        return new ImageSource(registries -> location, platform);
    }

    static ImageSource of(Reference reference, Optional<Platform> platform) {
        Objects.requireNonNull(reference, "reference");
        return new ImageSource(registries -> registries.locate(reference), platform);
    }
}
