package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.copy.ImageCopier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth inspect}: describes an image. */
@Command(
        name = "inspect",
        customSynopsis = "berth inspect [OPTION]... IMAGE",
        description = {"Shows what an image is: manifest, platforms, configuration, layers.", ""},
        footer = {
            "",
            "Images are written as for 'berth copy'.",
            "",
            "Examples:",
            "  berth inspect debian:12",
            "  berth inspect debian:12 --platform linux/arm64 --config",
            "  berth inspect oci:images:1.0 --raw | sha256sum"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class InspectCommand extends ImageCommand {
    @Parameters(paramLabel = "IMAGE", description = "The image.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "The platform to inspect of an image for several.")
    private @Nullable String platform;

    @ArgGroup
    private Form form = new Form();

    private static final class Form {
        @Option(names = "--json", description = "Print all of it as one JSON object.")
        private boolean json;

        @Option(names = "--raw", description = "Print the manifest, byte for byte.")
        private boolean raw;

        @Option(names = "--config", description = "Print the configuration, byte for byte.")
        private boolean config;
    }

    @Override
    public Integer call() throws IOException {
        try (Locations locations = locations()) {
            ImageLocation location = locations.source(image);
            if (platform != null) {
                Platform wanted = CopyFlags.platform(platform);
                location = ImageCopier.forPlatform(location, wanted);
            }
            byte[] output = output(InspectedImage.read(image, location));
            // Written as bytes, independent of the character set of the terminal: the digest is over exactly these.
            System.out.write(output);
            System.out.flush();
        }
        return 0;
    }

    private byte[] output(InspectedImage inspected) throws IOException {
        if (form.raw) {
            return inspected.manifest().bytes();
        }
        if (form.config) {
            return inspected.configBytes().orElseThrow(() -> noConfig(inspected));
        }
        String text =
                form.json ? ImageJson.of(inspected) : String.join(System.lineSeparator(), ImageReport.of(inspected));
        return (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    private static CommandException noConfig(InspectedImage inspected) {
        String platforms = inspected.platforms().stream()
                .map(child -> child.platform().orElseThrow().toString())
                .collect(Collectors.joining(", "));
        return new CommandException(
                platforms.isEmpty()
                        ? inspected.name() + " has no configuration: its media type is "
                                + inspected.manifest().mediaType() + "."
                        : inspected.name() + " is for several platforms; choose one with --platform: " + platforms
                                + ".");
    }
}
