package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A parsed location of the command line. Parsing opens nothing.
 *
 * @param kind the kind of location
 * @param place a reference, or the path of a file or directory
 * @param image the name of the image in a file or directory; always empty for a reference
 */
record LocationText(Kind kind, String place, Optional<String> image) {
    /** The name of a file that docker save or a copy wrote; which of both, its content tells. */
    private static final Pattern ARCHIVE = Pattern.compile("[^:@]*\\.(?:tar|tgz|tar\\.[a-z0-9]+)");

    /** A path that is no name of a repository. */
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/.*");

    /** The kinds of locations, with the prefixes that other tools use for them. */
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

    /** Parses a location; without a prefix it is in a registry. */
    static LocationText parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return of(kind, text.substring(kind.prefix.length()), text);
            }
        }
        return of(Kind.REGISTRY, text, text);
    }

    /** Parses a location to read from, as {@link #parse} does; what can only be the name of a file needs no prefix. */
    static LocationText parseSource(String text) {
        if (ARCHIVE.matcher(text).matches()) {
            return new LocationText(Kind.LAYOUT_ARCHIVE, text, Optional.empty());
        }
        return PATH.matcher(text).matches() ? of(Kind.LAYOUT, text, text) : parse(text);
    }

    private static LocationText of(Kind kind, String rest, String text) {
        int split = switch (kind) {
            case REGISTRY -> -1;
            // The name of the image follows, which contains colons itself.
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

    /** Returns the index of the separator before the tag or digest, or -1. A path may contain colons before its last slash. */
    private static int endOfPath(String rest) {
        int at = rest.lastIndexOf('@');
        if (at >= 0 && rest.indexOf(':', at) > 0) {
            return at;
        }
        int colon = rest.lastIndexOf(':');
        return colon > Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\')) ? colon : -1;
    }

    /** Fails if the directory that an archive is to be written into does not exist: its name may be misspelt. */
    void requireDirectory() {
        Path directory = Path.of(place).toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new CommandException(
                    "'" + this + "' cannot be written: there is no directory " + directory + "; make it first.");
        }
    }

    /** Returns whether this is a layout that does not exist yet. */
    boolean isNewLayout() {
        return kind == Kind.LAYOUT && !Files.exists(Path.of(place));
    }

    /** Returns the tag or digest of an image in a layout. */
    Optional<ManifestSelector> selector() {
        return image.map(name -> name.indexOf(':') >= 0 ? Digest.parse(name) : Tag.parse(name));
    }

    /** Returns the location as it is written on the command line; a reference has no prefix. */
    @Override
    public String toString() {
        return (kind == Kind.REGISTRY ? "" : kind.prefix)
                + place
                + image.map(name -> (name.indexOf(':') >= 0 && kind != Kind.DOCKER_ARCHIVE ? "@" : ":") + name)
                        .orElse("");
    }
}
