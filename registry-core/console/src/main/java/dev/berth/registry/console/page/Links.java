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
    static final String REPOSITORY = "repository";
    static final String IMAGE = "image";
    static final String ASSETS = "assets";

    static final String TAG = "tag";
    static final String DIGEST = "digest";
    static final String WORDS = "q";
    static final String AFTER = "after";
    static final String PAGE = "page";
    static final String ORDER = "order";

    Link home() {
        return Link.to(base, List.of());
    }

    Link search(String words) {
        return home().with(WORDS, words);
    }

    Link repository(RepositoryName name) {
        return Link.to(base, below(REPOSITORY, name));
    }

    Link image(RepositoryName repository, Tag tag) {
        return Link.to(base, below(IMAGE, repository)).with(TAG, tag.value());
    }

    Link image(RepositoryName repository, Digest digest) {
        return Link.to(base, below(IMAGE, repository)).with(DIGEST, digest.toString());
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
