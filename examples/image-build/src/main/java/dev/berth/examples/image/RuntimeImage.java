package dev.berth.examples.image;

import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.nio.file.Path;

/** A base image with a Java runtime. Many applications share it, so a machine downloads it once. */
final class RuntimeImage {
    private RuntimeImage() {}

    /**
     * Begins such an image.
     *
     * @param runtime a Java runtime for that platform, such as jlink makes one
     */
    static ImageBuilder of(Reference base, Platform platform, Path runtime) {
        return ImageBuilder.from(base, platform)
                .layer(Layer.builder().contentOf("/opt/java", runtime).build(), "a Java runtime")
                .env("JAVA_HOME", "/opt/java")
                .env("PATH", "/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }
}
