package dev.berth.examples.image;

import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.Tag;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.nio.file.Path;

/** A base image with a Java runtime: what many applications share, and every machine downloads once. */
final class RuntimeImage {
    private RuntimeImage() {}

    /**
     * Begins such an image.
     *
     * @param runtime a Java runtime for that platform, such as jlink makes one
     */
    static ImageBuilder of(Registry registry, Reference base, Platform platform, Path runtime) {
        return ImageBuilder.from(registry, base.repository(), base.selector(), platform)
                .layer(Layer.builder().contentOf("/opt/java", runtime).build(), "a Java runtime")
                .env("JAVA_HOME", "/opt/java")
                .env("PATH", "/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    /** Returns the tag of a reference, where something is to be pushed. */
    static Tag tag(Reference target) {
        return target.tag()
                .orElseThrow(() -> new IllegalArgumentException("Say a tag to push to, unlike in '" + target + "'"));
    }
}
