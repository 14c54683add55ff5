package dev.berth.examples.image;

import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.nio.file.Path;

/**
 * An application on a runtime. Its layers are ordered by how often they change. The same files give the same layer, so of
 * a new build with the same dependencies a machine downloads the classes only.
 */
final class ApplicationImage {
    private ApplicationImage() {}

    /**
     * Begins such an image.
     *
     * @param runtime the image to build upon
     * @param libraries a directory with the jars that it needs
     * @param classes the directory with its own classes
     * @param mainClass the class to run
     */
    static ImageBuilder of(Reference runtime, Platform platform, Path libraries, Path classes, String mainClass) {
        return ImageBuilder.from(runtime, platform)
                .layer(Layer.builder().contentOf("/app/lib", libraries).build(), "dependencies")
                .layer(Layer.builder().contentOf("/app/classes", classes).build(), "classes")
                .entrypoint("java", "-cp", "/app/classes:/app/lib/*", mainClass)
                .workingDir("/app")
                .user("65534:65534")
                .label("org.opencontainers.image.base.name", runtime.toString());
    }
}
