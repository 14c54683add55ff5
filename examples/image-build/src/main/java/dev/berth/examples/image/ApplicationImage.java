package dev.berth.examples.image;

import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.nio.file.Path;

/**
 * An application on a runtime. Its layers are ordered by how often they change: of a new build with the same dependencies
 * every machine that runs it downloads the classes only, since the same files give the same layer.
 */
final class ApplicationImage {
    private ApplicationImage() {}

    /**
     * Begins such an image.
     *
     * @param libraries a directory with the jars that it needs
     * @param classes the directory with its own classes
     * @param mainClass the class to run
     */
    static ImageBuilder of(
            Registry registry, Reference runtime, Platform platform, Path libraries, Path classes, String mainClass) {
        return ImageBuilder.from(registry, runtime.repository(), runtime.selector(), platform)
                .layer(Layer.builder().contentOf("/app/lib", libraries).build(), "dependencies")
                .layer(Layer.builder().contentOf("/app/classes", classes).build(), "classes")
                .entrypoint("java", "-cp", "/app/classes:/app/lib/*", mainClass)
                .workingDir("/app")
                .user("65534:65534")
                .label("org.opencontainers.image.base.name", runtime.toString());
    }
}
