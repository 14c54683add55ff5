package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds repositories and tags in the layout itself, without the index: for stores that {@code registry:2} wrote, and to
 * build the index. The cost grows with the size of the store, and the order is not that of the names.
 */
public final class LayoutScan {
    private final ObjectStore store;

    LayoutScan(ObjectStore store) {
        this.store = store;
    }

    /** Returns whether anything has ever been stored in the layout. */
    boolean empty() {
        return !groups("").hasNext();
    }

    /** Iterates over the names of repositories that have, or had, manifests. */
    public Iterator<RepositoryName> repositories() {
        return walk(Keys.MANIFESTS_GROUP::equals);
    }

    /** Iterates over the names that have, or had, anything: links of blobs or manifests, or uploads of registry:2. */
    public Iterator<RepositoryName> all() {
        return walk(group -> group.startsWith("_"));
    }

    private Iterator<RepositoryName> walk(Predicate<String> shows) {
        Deque<Iterator<String>> open = new ArrayDeque<>();
        Deque<String> path = new ArrayDeque<>();
        open.push(groups(""));
        path.push("");
        return new RepositoryWalk(open, path, shows);
    }

    /** Iterates over the tags of a repository that have, or had, a link. */
    public Iterator<Tag> tags(RepositoryName repository) {
        return StoredNames.level(
                store,
                "list the tags of " + repository,
                Keys.tags(repository),
                Optional.empty(),
                OptionalLong.empty(),
                name -> name.endsWith("/") ? KeyReader.tag(name.substring(0, name.length() - 1)) : Optional.empty());
    }

    /** Iterates over the digests of the blobs that a repository has links for. */
    public Iterator<Digest> layers(RepositoryName repository) {
        return StoredNames.tree(
                store,
                "list the blobs of " + repository,
                Keys.layers(repository),
                OptionalLong.empty(),
                KeyReader::digestOfLink);
    }

    /** Iterates over the manifests of all repositories that were deleted and can be restored. */
    Iterator<CollectionIndex.Holding> restorable() {
        return StoredNames.tree(
                store,
                "list what can be restored",
                KeyPrefix.of(Keys.TRASH + "manifests/"),
                OptionalLong.empty(),
                LayoutScan::restorable);
    }

    private static Optional<CollectionIndex.Holding> restorable(String key) {
        String[] segments = key.substring(Keys.TRASH.value().length()).split("/", -1);
        return SortableName.decode(segments.length > 1 ? segments[1] : "")
                .flatMap(repository ->
                        KeyReader.digestOfMark(key).map(digest -> new CollectionIndex.Holding(digest, repository)));
    }

    /** Iterates over the names of the groups, each with its slash, directly below a path among the repositories. */
    private Iterator<String> groups(String path) {
        return StoredNames.level(
                store,
                "list repositories",
                KeyPrefix.of(Keys.REPOSITORIES + path),
                Optional.empty(),
                OptionalLong.empty(),
                name -> name.endsWith("/") ? Optional.of(name) : Optional.empty());
    }

    /** A walk over every path component. A group with what shows it is a repository, and may contain others. */
    private final class RepositoryWalk implements Iterator<RepositoryName> {
        private final Deque<Iterator<String>> open;
        private final Deque<String> path;
        private final Predicate<String> shows;
        private final Deque<RepositoryName> found = new ArrayDeque<>();

        /** The path that was found last, which may have several groups that show it. */
        private String last = "";

        RepositoryWalk(Deque<Iterator<String>> open, Deque<String> path, Predicate<String> shows) {
            this.open = open;
            this.path = path;
            this.shows = shows;
        }

        @Override
        public boolean hasNext() {
            while (found.isEmpty() && !open.isEmpty()) {
                step();
            }
            return !found.isEmpty();
        }

        @Override
        public RepositoryName next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.remove();
        }

        private void step() {
            Iterator<String> level = open.element();
            String here = path.element();
            if (!level.hasNext()) {
                open.pop();
                path.pop();
                return;
            }
            String group = level.next();
            if (shows.test(group)) {
                if (!here.equals(last)) {
                    last = here;
                    parseName(here, found::add);
                }
            } else if (!group.startsWith("_")) {
                open.push(groups(here + group));
                path.push(here + group);
            }
        }

        private void parseName(String pathWithSlash, Consumer<RepositoryName> use) {
            try {
                use.accept(RepositoryName.parse(pathWithSlash.substring(0, Math.max(0, pathWithSlash.length() - 1))));
            } catch (IllegalArgumentException e) {
                // No registry wrote it.
            }
        }
    }
}
