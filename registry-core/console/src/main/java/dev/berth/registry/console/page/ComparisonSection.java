package dev.berth.registry.console.page;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageView;

/** A part of the page that compares two images of a repository. Thread-safe. */
@FunctionalInterface
public interface ComparisonSection {

    /**
     * Shows what differs, or {@linkplain Html#nothing nothing}.
     *
     * @param from an image for one platform, which the visitor may see
     * @param to another one of the same repository
     */
    Html show(Visit visit, ImageView from, ImageView to);
}
