package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.pulls.PullTotals;
import dev.berth.registry.pulls.RepositoryTotal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How repositories stand among others: how often they were pulled, and which of them the operator takes care of. All of it is in
 * memory. Thread-safe.
 */
public final class Standing {
    private final PullTotals pulls;
    private final List<NamePattern> official;

    /**
     * Makes it.
     *
     * @param official which repositories the operator takes care of
     */
    public Standing(PullTotals pulls, List<NamePattern> official) {
        this.pulls = Objects.requireNonNull(pulls, "pulls");
        this.official = List.copyOf(official);
    }

    /** Returns whether the operator takes care of a repository. */
    public boolean isOfficial(RepositoryName repository) {
        for (NamePattern pattern : official) {
            if (pattern.matches(repository)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the pulls of a repository; empty if there were none. */
    public Optional<RepositoryTotal> pulls(RepositoryName repository) {
        return pulls.of(repository);
    }

    /** Returns how often a repository was pulled. */
    public long count(RepositoryName repository) {
        return pulls.of(repository).map(total -> total.pulls().count()).orElse(0L);
    }

    /** Returns the pulls of all repositories. */
    public PullTotals all() {
        return pulls;
    }
}
