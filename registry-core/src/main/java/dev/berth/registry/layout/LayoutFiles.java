package dev.berth.registry.layout;

import java.io.IOException;
import java.util.Optional;

/** The files of an image layout by their paths in it ({@code blobs/sha256/…}), wherever they are. Thread-safe. */
interface LayoutFiles {

    /** Returns a regular file, or empty if there is none. */
    Optional<LayoutFile> find(String path) throws IOException;

    /** Returns where these files are, as part of a sentence: {@code the image layout /srv/app}. */
    String place();
}
