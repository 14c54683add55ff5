package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DETAILS;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.SUMMARY;
import static dev.berth.registry.console.html.Attributes.css;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.PlatformRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an image comes to whoever looks at it. */
final class PullCommands {
    private static final int MOST_PLATFORMS = 12;

    private PullCommands() {}

    /** How to pull an image whose page this is. */
    static Html of(String host, Optional<Tag> tag, ImageView image) {
        boolean artifact = image.artifactType().isPresent() && !image.isIndex();
        String repository = host + "/" + image.repository();
        String name = tag.map(found -> repository + ":" + found).orElse(repository + "@" + image.digest());
        return Html.of(of(host, image.repository(), tag, image.digest(), artifact), platforms(name, image));
    }

    /**
     * How to pull an image, by its tag, if there is one, and by its digest.
     *
     * @param artifact whether it is none that containers are run from
     */
    static Html of(String host, RepositoryName repository, Optional<Tag> tag, Digest digest, boolean artifact) {
        String byDigest = host + "/" + repository + "@" + digest;
        String name = tag.map(found -> host + "/" + repository + ":" + found).orElse(byDigest);
        if (artifact) {
            return Commands.block("oras pull " + name);
        }
        List<String> others = new ArrayList<>();
        others.add("podman pull " + name);
        if (tag.isPresent()) {
            others.add("docker pull " + byDigest);
            others.add("podman pull " + byDigest);
        }
        String lastPart = repository.value().substring(repository.value().lastIndexOf('/') + 1);
        others.add("skopeo copy docker://" + name + " oci:" + lastPart);
        return Html.of(Commands.block("docker pull " + name), more(others));
    }

    private static Html more(List<String> commands) {
        return details("Other ways to pull", commands);
    }

    private static Html platforms(String name, ImageView image) {
        List<String> commands = image.platforms().stream()
                .filter(PlatformRow::isImage)
                .flatMap(row -> row.entry().platform().stream())
                .map(Platform::toString)
                // What goes into a command is of letters that no shell takes for something else.
                .filter(platform -> platform.matches("[a-z0-9/._-]+"))
                .distinct()
                .limit(MOST_PLATFORMS)
                .map(platform -> "docker pull --platform " + platform + " " + name)
                .toList();
        return commands.isEmpty() ? Html.nothing() : details("For one platform", commands);
    }

    private static Html details(String summary, List<String> commands) {
        return DETAILS.of(
                css("more"),
                SUMMARY.of(text(summary)),
                DIV.of(Html.of(commands.stream().map(Commands::block))));
    }
}
