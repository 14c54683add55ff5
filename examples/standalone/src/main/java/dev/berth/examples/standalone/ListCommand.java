package dev.berth.examples.standalone;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.copy.RepositoryLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class ListCommand implements Callable<Integer> {
    private static final int NOT_WRITTEN = 1;

    /** A host: what cannot be the name of a repository on Docker Hub, or has a slash behind it. */
    private static final Pattern HOST = Pattern.compile("localhost|[^/]*[.:][^/]*|[^/]+/");

    @Parameters(paramLabel = "PLACE", description = "What to list; see below.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String place;

    @Mixin
    private RemoteFlags remoteFlags = new RemoteFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Locations locations = new Locations(remoteFlags.options());
                Stream<String> names = names(locations)) {
            // Each as it comes: there may be very many, of which the reader (head, less) may not want all.
            boolean unread = names.anyMatch(name -> {
                out.println(name);
                // The writer does not ask the stream behind it.
                return out.checkError() || System.out.checkError();
            });
            return unread ? NOT_WRITTEN : 0;
        }
    }

    private Stream<String> names(Locations locations) {
        LocationText location = LocationText.parse(place);
        return switch (location.kind()) {
            case DOCKER_ARCHIVE -> FileImages.names(locations.archive(location));
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
