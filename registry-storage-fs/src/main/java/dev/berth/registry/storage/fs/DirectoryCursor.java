package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Iterates over the names of a directory in their order, and reads them when needed. */
final class DirectoryCursor {
    private final NameCache cache;
    private final Path directory;
    private final String fullName;
    private String last;
    private @Nullable DirectoryNames names;
    private int index;

    /**
     * Creates a cursor after a name.
     *
     * @param fullName what the names are preceded by in the listing
     */
    DirectoryCursor(NameCache cache, Path directory, String fullName, String after) {
        this.cache = cache;
        this.directory = directory;
        this.fullName = fullName;
        this.last = after;
    }

    /** Returns the next name, or null if there is none. */
    @Nullable String next() throws IOException {
        DirectoryNames window = names;
        if (window == null || index == window.size() && !window.isComplete()) {
            window = cache.names(directory, last);
            names = window;
            index = window.indexBehind(last);
        }
        if (index == window.size()) {
            return null;
        }
        last = window.name(index++);
        return last;
    }

    /** Returns a cursor that stands before the names of a directory in this one. */
    DirectoryCursor in(String group) {
        Path inner = directory.resolve(group.substring(0, group.length() - 1));
        return new DirectoryCursor(cache, inner, fullName + group, "");
    }

    String fullName(String name) {
        return fullName + name;
    }
}
