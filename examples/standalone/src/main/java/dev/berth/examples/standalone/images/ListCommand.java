package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.copy.RepositoryLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth ls}: lists repositories or tags. */
@Command(
        name = "ls",
        customSynopsis = "berth ls [OPTION]... PLACE",
        description = {"Lists the repositories of a registry, or the tags of a repository, one a line.", ""},
        footer = {
            "",
            "Examples:",
            "  berth ls localhost:5000              the repositories of a registry",
            "  berth ls localhost:5000/team/app     the tags of a repository",
            "  berth ls debian                      the tags of docker.io/library/debian",
            "  berth ls oci:DIRECTORY               the tags of an OCI image layout",
            "  berth ls docker-archive:FILE         the images that 'docker save' wrote"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class ListCommand extends ImageCommand {
    private static final int OUTPUT_CLOSED = 1;

    /** A host: text that cannot be a repository on Docker Hub, or ends with a slash. */
    private static final Pattern HOST = Pattern.compile("localhost|[^/]*[.:][^/]*|[^/]+/");

    @Parameters(paramLabel = "PLACE", description = "What to list; see below.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String place;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = out();
        try (Locations locations = locations();
                Stream<String> names = names(locations)) {
            // One by one: the list may be very long, and its reader (head, less) may close the pipe early.
            boolean closed = names.anyMatch(name -> {
                out.println(name);
                // The writer does not check the stream behind it.
                return out.checkError() || System.out.checkError();
            });
            return closed ? OUTPUT_CLOSED : 0;
        }
    }

    private Stream<String> names(Locations locations) {
        LocationText location = LocationText.parse(place);
        return switch (location.kind()) {
            case DOCKER_ARCHIVE -> locations.archiveNames(location);
            case REGISTRY ->
                HOST.matcher(location.place()).matches() ? repositories(locations, location) : tags(locations);
            case LAYOUT, LAYOUT_ARCHIVE -> tags(locations);
        };
    }

    private static Stream<String> repositories(Locations locations, LocationText location) {
        String host = location.place().replaceFirst("/$", "");
        return locations.registry(host).repositories().stream().map(RepositoryName::toString);
    }

    private Stream<String> tags(Locations locations) {
        RepositoryLocation repository = locations.sourceRepository(place);
        return FileImages.tags(repository.registry(), repository.name());
    }
}
