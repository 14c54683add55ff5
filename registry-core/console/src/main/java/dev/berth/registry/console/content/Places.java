package dev.berth.registry.console.content;

import dev.berth.registry.console.html.Link;

/** The addresses of places in the layer that a page is about. */
interface Places {
    Link of(FilesView here, String path);
}
