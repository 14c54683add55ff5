package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.manifest.PlatformImages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which images of one for several platforms are scanned. */
final class ScannedPlatforms {
    private static final String ALL = "all";

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "The platform of an image that has several, such as linux/arm64, or 'all'. By default that of"
                    + " this machine.")
    private @Nullable String platform;

    /** Returns the images that are meant, each with its platform. */
    List<Descriptor> of(ImageLocation image) {
        PlatformImages images = PlatformImages.of(image);
        if (platform == null) {
            List<Descriptor> all = images.images();
            return all.size() == 1 ? all : List.of(images.find(ofThisMachine()).orElseGet(images::only));
        }
        return platform.equals(ALL) ? images.images() : List.of(images.get(parse(platform)));
    }

    private static Platform parse(String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Containers are for Linux, whatever runs them. */
    private static Platform ofThisMachine() {
        String architecture = System.getProperty("os.arch");
        return Platform.of(
                "linux",
                switch (architecture) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                });
    }
}
