package dev.berth.registry.access;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the repositories that a caller may see. Reads the catalogue where the {@link NameSet} has names, and
 * jumps over the rest. A name that stands alone is looked up instead. Not thread-safe.
 */
final class VisibleRepositories implements Iterator<RepositoryName> {
    private final Registry registry;
    private final NameSet readable;
    private final Predicate<RepositoryName> visible;
    private final OptionalLong wanted;

    /** Everything up to here was looked at. Empty at the beginning. */
    private String position;

    private @Nullable Iterator<RepositoryName> scan;

    /** How many names the scan may still return before it ends because of its limit. */
    private long scanLeft;

    private long shown;
    private @Nullable RepositoryName next;
    private boolean ended;

    /**
     * @param readable the names that may be visible
     * @param visible decides about each name
     * @param wanted how many names will be read at most, if known
     */
    VisibleRepositories(
            Registry registry,
            NameSet readable,
            Predicate<RepositoryName> visible,
            Optional<RepositoryName> after,
            OptionalLong wanted) {
        this.registry = registry;
        this.readable = readable;
        this.visible = visible;
        this.wanted = wanted;
        this.position = after.map(RepositoryName::value).orElse("");
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            next = candidate()
                    .filter(name -> readable.contains(name) && visible.test(name))
                    .orElse(null);
        }
        return next != null;
    }

    @Override
    public RepositoryName next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        RepositoryName name = next;
        next = null;
        shown++;
        return name;
    }

    /** Returns a repository that may be visible, or empty if there is none at the next place that was looked at. */
    private Optional<RepositoryName> candidate() {
        if (scan == null) {
            return jump();
        }
        if (!scan.hasNext()) {
            scan = null;
            ended = scanLeft > 0;
            return Optional.empty();
        }
        RepositoryName name = scan.next();
        scanLeft--;
        position = name.value();
        if (!readable.contains(name)) {
            scan = null;
        }
        return Optional.of(name);
    }

    /** Goes on where the next name of the set may be. */
    private Optional<RepositoryName> jump() {
        if (readable.isAll()) {
            scanAfter(position);
            return Optional.empty();
        }
        Optional<String> start = readable.startAfter(position);
        Optional<String> here = position.endsWith("/") ? Optional.empty() : readable.resumeAfter(position);
        if (here.isPresent()
                && start.filter(text -> text.compareTo(here.get()) <= 0).isEmpty()) {
            scanAfter(here.get());
            return Optional.empty();
        }
        if (start.isEmpty()) {
            ended = true;
            return Optional.empty();
        }
        return startAt(start.get());
    }

    private Optional<RepositoryName> startAt(String start) {
        position = start;
        if (start.endsWith("/")) {
            LastName.beforeThoseBelow(start.substring(0, start.length() - 1)).ifPresent(this::scanAfter);
            return Optional.empty();
        }
        return Optional.of(RepositoryName.parse(start)).filter(this::exists);
    }

    private void scanAfter(String name) {
        Listing<RepositoryName, RepositoryName> names = registry.repositories();
        if (!name.isEmpty()) {
            names = names.after(RepositoryName.parse(name));
        }
        scanLeft = wanted.isPresent() ? Math.max(1, wanted.getAsLong() - shown) : Long.MAX_VALUE;
        scan = names.limit(scanLeft).iterator();
    }

    private boolean exists(RepositoryName name) {
        try {
            // It may exist without tags.
            registry.repository(name).tags().list().limit(1).forEach(tag -> {});
            return true;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return false;
            }
            throw e;
        }
    }
}
