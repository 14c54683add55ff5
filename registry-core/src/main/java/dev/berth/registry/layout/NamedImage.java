package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Reference;
import java.util.Objects;

/**
 * An image in a layout or archive that has a whole name there.
 *
 * @param name its name, with registry, repository and tag
 * @param manifest the manifest that the name stands for
 * @since 0.1
 */
public record NamedImage(Reference name, Descriptor manifest) {

    /** Checks that both are there. */
    public NamedImage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(manifest, "manifest");
    }
}
