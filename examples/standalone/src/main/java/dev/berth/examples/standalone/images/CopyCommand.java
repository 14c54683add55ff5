package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "      an image in a tar of such a directory; where to copy to, a new file",
            "  docker-archive:FILE[:REPOSITORY:TAG]",
            "      an image that 'docker save' wrote; where to copy to, a new file for 'docker load'",
            "",
            "Examples:",
            "  berth copy debian:12 localhost:5000/debian:12 --platform linux/amd64",
            "  berth copy registry.example/team/app:1.0 oci:images:1.0 --referrers",
            "  berth copy docker-archive:app.tar localhost:5000/team/app:1.0",
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

    @Mixin
    private CopyFlags copyFlags = new CopyFlags();

    @Override
    public Integer call() throws IOException {
        NewLayout made = NewLayout.of(LocationText.parse(target));
        try {
            out().println(copy().target().digest());
            return 0;
        } finally {
            made.removeIfEmpty();
        }
    }

    private CopyResult copy() throws IOException {
        try (Locations locations = locations();
                Progress progress = copyFlags.progress()) {
            ImageLocation from = locations.source(source);
            checkSource(from);
            ImageLocation to = locations.target(target, source);
            return ImageCopier.create().copy(from, to, copyFlags.options(progress));
        }
    }

    /** Fails before the target is created if the source is missing or cannot become the target. */
    private void checkSource(ImageLocation from) {
        LocationText to = LocationText.parse(target);
        if (to.isNewLayout()) {
            InspectedImage.read(source, from);
        }
        if (to.kind() == LocationText.Kind.DOCKER_ARCHIVE && !copyFlags.selectsOnePlatform()) {
            InspectedImage.read(source, from).requireOneImage();
        }
    }
}
