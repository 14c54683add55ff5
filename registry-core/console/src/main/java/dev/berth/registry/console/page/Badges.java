package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.html.Html;

/** Says of a repository who may pull from it, and whether the operator takes care of it. */
final class Badges {
    private Badges() {}

    static Html of(Visit visit, Standing standing, RepositoryName repository) {
        Html visibility = SPAN.of(css("badge"), text(visit.isPublic(repository) ? "Public" : "Private"));
        return standing.isOfficial(repository)
                ? Html.of(SPAN.of(css("badge official"), text("Official")), text(" "), visibility)
                : visibility;
    }
}
