package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
import java.util.List;
import java.util.Optional;

/** Reads keys, and parts of keys, that {@link Keys} has made. What is anything else is empty, and never an error. */
public final class KeyReader {
    private KeyReader() {}

    /** Reads the name of a repository out of the last segment of a key. */
    public static Optional<RepositoryName> repositoryOfSegment(String key) {
        return SortableName.decode(lastSegment(key));
    }

    /** Returns what comes after the last slash. */
    public static String lastSegment(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Reads the tag out of a segment. */
    public static Optional<Tag> tag(String segment) {
        try {
            return Optional.of(Tag.parse(segment));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads the digest out of what {@link Keys#leaf} returned. */
    public static Optional<Digest> digestOfLeaf(String leaf) {
        int dash = leaf.indexOf('-');
        return dash < 0 ? Optional.empty() : digest(leaf.substring(0, dash), leaf.substring(dash + 1));
    }

    /** Reads the digest out of {@code …/<algorithm>/<hex>/link}. */
    public static Optional<Digest> digestOfLink(String key) {
        String[] segments = key.split("/", -1);
        int last = segments.length - 1;
        return last >= 2 && segments[last].equals(Keys.LINK)
                ? digest(segments[last - 2], segments[last - 1])
                : Optional.empty();
    }

    /** Reads the digest out of {@code …/<algorithm>/<hex>}. */
    public static Optional<Digest> digestOfMark(String key) {
        String[] segments = key.split("/", -1);
        int last = segments.length - 1;
        return last >= 1 ? digest(segments[last - 1], segments[last]) : Optional.empty();
    }

    /** Reads the digest out of {@code …/<algorithm>/<2 hex>/<hex>/data}. */
    public static Optional<Digest> digestOfData(String key) {
        String[] segments = key.split("/", -1);
        int last = segments.length - 1;
        return last >= 3 && segments[last].equals("data")
                ? digest(segments[last - 3], segments[last - 1])
                : Optional.empty();
    }

    /** Returns what follows a prefix as a digest of two segments, and all segments behind it. */
    static Optional<Below> below(KeyPrefix prefix, String key) {
        String[] segments = key.substring(prefix.value().length()).split("/", -1);
        return segments.length < 3
                ? Optional.empty()
                : digest(segments[0], segments[1])
                        .map(digest -> new Below(digest, List.of(segments).subList(2, segments.length)));
    }

    /** A digest, and the segments behind it. */
    record Below(Digest digest, List<String> rest) {}

    private static Optional<Digest> digest(String algorithm, String hex) {
        try {
            return DigestAlgorithm.find(algorithm).map(known -> Digest.of(known, hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
