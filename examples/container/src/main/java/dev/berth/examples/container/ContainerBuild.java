package dev.berth.examples.container;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.image.ImageBuildException;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program: makes the image, as an OCI layout ({@code oci}) and as an archive that {@code docker load} and
 * {@code podman load} read ({@code berth-image.tar}).
 */
public final class ContainerBuild {
    private static final String USAGE = """
            usage: JAR VERSION DIRECTORY [BASE]
            makes an image of JAR, berth.jar, in DIRECTORY. BASE is an image such as debian:13-slim, with a C library that this
            machine's Java runs on; without it the image has that library, and nothing else, from this machine.""";

    private static final RepositoryName NAME = RepositoryName.parse("berth");

    private ContainerBuild() {}

    /** Makes the image. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Makes the image and returns the exit code: 3 if this machine cannot make one. */
    static int run(String... arguments) {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println(USAGE);
            return 2;
        }
        Optional<String> missing = JavaRuntime.whatIsMissing();
        if (missing.isPresent()) {
            System.err.println("There is no container image: " + missing.get());
            return 3;
        }
        try {
            Optional<Reference> base = arguments.length < 4 || arguments[3].isBlank()
                    ? Optional.empty()
                    : Optional.of(Reference.parse(arguments[3]));
            Path directory = Path.of(arguments[2]).toAbsolutePath().normalize();
            Descriptor image = make(Path.of(arguments[0]), arguments[1], directory, base);
            System.out.println(directory.resolve("oci") + "@" + image.digest());
            return 0;
        } catch (IOException | IllegalArgumentException | ImageBuildException | RegistryException e) {
            System.err.println("There is no container image: " + e.getMessage());
            return 1;
        }
    }

    private static Descriptor make(Path jar, String version, Path directory, Optional<Reference> base)
            throws IOException {
        Platform platform = platform();
        Path runtime = directory.resolve("java");
        Path layout = directory.resolve("oci");
        Path archive = directory.resolve("berth-image.tar");
        Files.createDirectories(directory);
        Files.deleteIfExists(archive);
        Directories.delete(layout);
        JavaRuntime.make(runtime);
        ImageBuilder image = base.isPresent()
                ? ImageBuilder.from(base.get(), platform)
                        .label("org.opencontainers.image.base.name", base.get().toString())
                : ImageBuilder.fromScratch(platform)
                        .layer(RootFileSystem.below(runtime), "libraries of the machine that builds");
        Tag tag = Tag.parse(version);
        try (OciLayoutRegistry files = OciLayoutRegistry.create(layout, NAME)) {
            Descriptor made = ServerImage.on(image, runtime, jar, version).pushTo(files, NAME, tag);
            Reference loaded = Reference.parse(NAME.toString());
            try (OciLayoutRegistry loadable = OciLayoutRegistry.createArchive(archive, loaded)) {
                var unused = ImageCopier.create()
                        .copy(
                                ImageLocation.of(files, NAME, tag),
                                ImageLocation.of(loadable, loaded.repository(), tag),
                                CopyOptions.builder().build());
            }
            return made;
        }
    }

    private static Platform platform() {
        String architecture = System.getProperty("os.arch");
        return Platform.of("linux", architecture.equals("aarch64") ? "arm64" : architecture);
    }
}
