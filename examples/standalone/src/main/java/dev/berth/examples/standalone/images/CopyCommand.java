package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.copy.LayerCompression;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth copy}: copies an image. */
@Command(
        name = "copy",
        customSynopsis = "berth copy [OPTION]... SRC DST",
        description = {
            "Copies an image from one place to another. Transfers only what is missing there; repeat the command"
                    + " to continue an interrupted copy.",
            ""
        },
        footerHeading = "%nPlaces:%n",
        footer = {
            "  HOST/REPOSITORY:TAG, HOST/REPOSITORY@DIGEST",
            "      an image in a registry; 'debian' is docker.io/library/debian:latest",
            "  oci:DIRECTORY[:TAG]",
            "      an image in a directory with an OCI image layout",
            "  oci-archive:FILE[:TAG]",
            "      an image in a tar of such a directory, also a gzipped one; where to copy to, a new file",
            "  docker-archive:FILE[:REPOSITORY:TAG]",
            "      an image that 'docker save' wrote, also gzipped; where to copy to, a new file for 'docker load'",
            "",
            "Examples:",
            "  berth copy debian:12 localhost:5000/debian:12 --platform linux/amd64",
            "  berth copy registry.example/team/app:1.0 oci:images:1.0 --referrers",
            "  berth copy docker-archive:app.tar.gz localhost:5000/team/app:1.0",
            "  berth copy debian:12 docker-archive:debian.tar --platform linux/amd64"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class CopyCommand extends ImageCommand {
    @Parameters(index = "0", paramLabel = "SRC", description = "The image.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String source;

    @Parameters(index = "1", paramLabel = "DST", description = "Where to, with the name that it gets there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String target;

    @Option(
            names = "--compress",
            paramLabel = "HOW",
            description = "How layers that are not compressed are copied: 'gzip' compresses them, which changes the"
                    + " digest, 'none' copies them as they are. Default: gzip from docker-archive: to a registry, else"
                    + " none.")
    private @Nullable String compress;

    @Mixin
    private CopyFlags copyFlags = new CopyFlags();

    @Override
    public Integer call() throws IOException {
        Warnings warnings = new Warnings(compress == null && isSaved());
        NewLayout made = NewLayout.of(LocationText.parse(target));
        CopyResult result;
        try {
            result = copy(warnings);
        } finally {
            made.removeIfEmpty();
        }
        warnings.print(err());
        out().println(result.target().digest());
        return 0;
    }

    private CopyResult copy(Warnings warnings) throws IOException {
        try (Locations locations = locations();
                Progress progress = copyFlags.progress()) {
            ImageLocation from = locations.source(source);
            ImageLocation chosen = checkSource(from);
            ImageLocation to = locations.target(target, source);
            return ImageCopier.create().copy(chosen, to, options(new ReportedCopy(progress, warnings)));
        }
    }

    private CopyOptions options(CopyListener listener) {
        LocationText.Kind to = LocationText.parse(target).kind();
        return copyFlags.options(to, listener).compression(compression(to)).build();
    }

    private LayerCompression compression(LocationText.Kind to) {
        if (compress == null) {
            return isSaved() && to == LocationText.Kind.REGISTRY ? LayerCompression.GZIP : LayerCompression.KEEP;
        }
        return switch (compress) {
            case "gzip" -> LayerCompression.GZIP;
            case "none" -> LayerCompression.KEEP;
            default -> throw new UsageException("'" + compress + "' is no compression; write gzip or none");
        };
    }

    /** Returns whether 'docker save' wrote the source: its layers are plain, and its user knows no digests of them. */
    private boolean isSaved() {
        return LocationText.parse(source).kind() == LocationText.Kind.DOCKER_ARCHIVE;
    }

    /**
     * Fails before the target is created if the source is missing or cannot become the target. Returns what of the source
     * is copied.
     */
    private ImageLocation checkSource(ImageLocation from) {
        LocationText to = LocationText.parse(target);
        if (to.isNewLayout()) {
            InspectedImage.read(source, from);
        }
        if (to.kind() != LocationText.Kind.DOCKER_ARCHIVE) {
            return from;
        }
        LoadableImage image = new LoadableImage(source, from);
        List<Platform> platforms = copyFlags.platforms();
        if (platforms.isEmpty()) {
            return image.only();
        }
        if (platforms.size() > 1) {
            throw new UsageException("Docker loads one image from an archive; choose one platform with --platform");
        }
        image.require(platforms.get(0));
        return from;
    }
}
