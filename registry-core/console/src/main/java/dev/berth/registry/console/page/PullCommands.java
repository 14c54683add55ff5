package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DETAILS;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.SUMMARY;
import static dev.berth.registry.console.html.Attributes.css;

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

    static Html of(String host, Optional<Tag> tag, ImageView image) {
        String repository = host + "/" + image.repository();
        String byDigest = repository + "@" + image.digest();
        String name = tag.map(found -> repository + ":" + found).orElse(byDigest);
        List<String> others = new ArrayList<>();
        if (image.artifactType().isPresent() && !image.isIndex()) {
            others.add("skopeo inspect --raw docker://" + name);
            return Html.of(Commands.block("oras pull " + name), more(others));
        }
        others.add("podman pull " + name);
        if (tag.isPresent()) {
            others.add("docker pull " + byDigest);
            others.add("podman pull " + byDigest);
        }
        others.add("skopeo copy docker://" + name + " oci:" + lastPart(image));
        return Html.of(Commands.block("docker pull " + name), more(others), platforms(name, image));
    }

    private static String lastPart(ImageView image) {
        String name = image.repository().value();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static Html more(List<String> commands) {
        return details("Other ways to pull", commands);
    }

    private static Html platforms(String name, ImageView image) {
        List<String> commands = image.platforms().stream()
                .filter(PlatformRow::isImage)
                .flatMap(row -> row.entry().platform().stream())
                .map(platform -> platform.toString())
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
