package dev.berth.examples.standalone;

import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a location on the command line says, before anything is opened.
 *
 * @param kind what kind of thing is there
 * @param place a reference, or the path of a file or directory
 * @param image which image in a file or directory; a reference says that itself
 */
record LocationText(Kind kind, String place, Optional<String> image) {

    /** What a location can be; its prefix is the one that other tools have for it. */
    enum Kind {
        REGISTRY("docker://"),
        LAYOUT("oci:"),
        LAYOUT_ARCHIVE("oci-archive:"),
        DOCKER_ARCHIVE("docker-archive:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }
    }

    /** Reads a location; one without a prefix is in a registry. */
    static LocationText parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return of(kind, text.substring(kind.prefix.length()), text);
            }
        }
        return of(Kind.REGISTRY, text, text);
    }

    private static LocationText of(Kind kind, String rest, String text) {
        int split = switch (kind) {
            case REGISTRY -> -1;
            // What follows is the name of an image, with colons of its own.
            case DOCKER_ARCHIVE -> rest.indexOf(':');
            case LAYOUT, LAYOUT_ARCHIVE -> endOfPath(rest);
        };
        String place = split < 0 ? rest : rest.substring(0, split);
        if (place.isBlank()) {
            throw new UsageException("'" + text + "' names nothing; write HOST/REPOSITORY:TAG, oci:DIRECTORY:TAG,"
                    + " oci-archive:FILE:TAG or docker-archive:FILE");
        }
        return new LocationText(kind, place, split < 0 ? Optional.empty() : Optional.of(rest.substring(split + 1)));
    }

    /** Where the tag or digest begins, if there is one: a path may have colons before its last slash. */
    private static int endOfPath(String rest) {
        int at = rest.lastIndexOf('@');
        if (at >= 0 && rest.indexOf(':', at) > 0) {
            return at;
        }
        int colon = rest.lastIndexOf(':');
        return colon > Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\')) ? colon : -1;
    }

    /** Returns whether a layout is meant that has to be made first. */
    boolean isNewLayout() {
        return kind == Kind.LAYOUT && !Files.exists(Path.of(place));
    }

    /** Returns the tag or digest of an image in a layout. */
    Optional<ManifestSelector> selector() {
        return image.map(name -> name.indexOf(':') >= 0 ? Digest.parse(name) : Tag.parse(name));
    }

    /** Prints it with its prefix, as it can be typed again; a reference stands for itself. */
    @Override
    public String toString() {
        return (kind == Kind.REGISTRY ? "" : kind.prefix)
                + place
                + image.map(name -> (name.indexOf(':') >= 0 && kind != Kind.DOCKER_ARCHIVE ? "@" : ":") + name)
                        .orElse("");
    }
}
