package dev.berth.registry.console.page;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.html.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of the pages.
 *
 * @param base the path that the pages are mounted at, without a slash at its end; empty for the root
 */
public record Links(String base) {
    public static final String REPOSITORY = "repository";
    public static final String IMAGE = "image";
    public static final String ASSETS = "assets";

    public static final String TAG = "tag";
    public static final String DIGEST = "digest";
    public static final String WORDS = "q";
    public static final String AFTER = "after";
    public static final String PAGE = "page";
    public static final String ORDER = "order";
    public static final String SORT = "sort";

    /**
     * Returns the address of a page.
     *
     * @param path its path below that of all pages, of letters, digits, dashes and slashes: {@code operations/trash}
     */
    public Link to(String path) {
        return Link.to(base, path.isEmpty() ? List.of() : List.of(path.split("/", -1)));
    }

    /** Returns the address of what a page has for a repository: {@code files/team/app}. */
    public Link of(String page, RepositoryName name) {
        return Link.to(base, below(page, name));
    }

    public Link home() {
        return Link.to(base, List.of());
    }

    public Link search(String words) {
        return home().with(WORDS, words);
    }

    public Link repository(RepositoryName name) {
        return Link.to(base, below(REPOSITORY, name));
    }

    public Link image(RepositoryName repository, Tag tag) {
        return Link.to(base, below(IMAGE, repository)).with(TAG, tag.value());
    }

    public Link image(RepositoryName repository, Digest digest) {
        return Link.to(base, below(IMAGE, repository)).with(DIGEST, digest.toString());
    }

    /** Returns the address of the files of a layer of an image. */
    public Link layer(RepositoryName repository, Digest image, Digest layer) {
        return of("files", repository).with(DIGEST, image.toString()).with("layer", layer.toString());
    }

    /** Returns the address of a manifest as it is stored. */
    public Link document(RepositoryName repository, Digest image) {
        return of("document", repository).with(DIGEST, image.toString());
    }

    Link asset(String name) {
        return Link.to(base, List.of(ASSETS, name));
    }

    private static List<String> below(String first, RepositoryName name) {
        List<String> segments = new ArrayList<>(List.of(first));
        segments.addAll(List.of(name.value().split("/", -1)));
        return segments;
    }
}
