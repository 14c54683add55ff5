package dev.berth.registry.console.page;

import dev.berth.registry.console.html.Html;

/** A part of the page of an image. Thread-safe. */
@FunctionalInterface
public interface ImageSection {

    /** Shows it, or {@linkplain Html#nothing nothing}. */
    Html show(Visit visit, ShownImage image);
}
