package dev.berth.examples.container;

import dev.berth.registry.image.EntryAttributes;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runnable registry on a Java runtime, to be used as {@code registry:2} is. What changes with each version, the jar, is the
 * last layer: versions that were built with the same JDK share all others.
 */
final class ServerImage {
    /** A user that no machine has, and that is not root. Its name, where a base image knows it, is of no use here. */
    static final int USER = 65532;

    static final String STORAGE = "/var/lib/registry";
    static final String CONFIGURATION = "/etc/docker/registry/config.yml";

    private static final String JAVA_HOME = "/opt/java";
    private static final String HOME = "/opt/berth";
    private static final String JAR = HOME + "/berth.jar";
    private static final String TITLE = "org.opencontainers.image.";

    private ServerImage() {}

    /**
     * Completes an image.
     *
     * @param base an image with the libraries that the runtime needs
     * @param runtime a directory with a Java runtime
     * @param jar {@code berth.jar}
     */
    static ImageBuilder on(ImageBuilder base, Path runtime, Path jar, String version) throws IOException {
        ImageBuilder image = base.layer(
                        Layer.builder().contentOf(JAVA_HOME, runtime).build(), "a Java runtime")
                .layer(files(), "directories and settings of Berth")
                .layer(Layer.builder().file(JAR, jar).build(), "Berth " + version)
                .env("JAVA_HOME", JAVA_HOME)
                .env("PATH", JAVA_HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .env("LANG", "C.UTF-8")
                // As bin/berth has them.
                .env("MALLOC_ARENA_MAX", "2")
                .env("MALLOC_TRIM_THRESHOLD_", "65536")
                .env("REGISTRY_CONFIGURATION_PATH", CONFIGURATION)
                .workingDir(HOME)
                .user(USER + ":" + USER)
                .expose("5000/tcp")
                .volume(STORAGE)
                .stopSignal("SIGTERM")
                .entrypoint(JAVA_HOME + "/bin/java", "-jar", JAR)
                .cmd("serve");
        facts(version).forEach((name, value) -> image.annotation(name, value).label(name, value));
        return image;
    }

    /** Returns what the image says of itself, as annotations and, for Docker, as labels. */
    private static Map<String, String> facts(String version) {
        return new TreeMap<>(Map.of(
                TITLE + "title", "Berth",
                TITLE + "description", "A container registry",
                TITLE + "version", version,
                TITLE + "licenses", "Apache-2.0"));
    }

    private static Layer files() throws IOException {
        try (InputStream settings = ServerImage.class.getResourceAsStream("config.yml")) {
            if (settings == null) {
                throw new IOException("config.yml is missing beside " + ServerImage.class);
            }
            return Layer.builder()
                    .directory(STORAGE, EntryAttributes.mode(0700).withOwner(USER, USER))
                    .bytes(CONFIGURATION, settings.readAllBytes())
                    // Where registry:3 has it: what is mounted there, the directory or the file in it, is at both
                    // places.
                    .symlink("/etc/distribution", "docker/registry")
                    .build();
        }
    }
}
