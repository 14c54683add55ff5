package dev.berth.registry.host;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingRegistry;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * A registry whose catalogue lacks what is mirrored, so that a rule for all repositories does not carry over the caches of
 * mirrors.
 */
final class PushedHere extends ForwardingRegistry {
    private final List<RepositoryName> mirrors;

    private PushedHere(Registry registry, List<RepositoryName> mirrors) {
        super(registry);
        this.mirrors = List.copyOf(mirrors);
    }

    /**
     * Returns a view of a registry.
     *
     * @param mirrors the names below which mirrors are
     */
    static Registry of(Registry registry, List<RepositoryName> mirrors) {
        return mirrors.isEmpty() ? registry : new PushedHere(registry, mirrors);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        Listing<RepositoryName, RepositoryName> all = delegate().repositories();
        // Whoever asks for a page gets names until it is full: how many are left out is not known before.
        return Listing.of((after, wanted) -> {
            Iterator<RepositoryName> names = all.open(after, OptionalLong.empty());
            return StreamSupport.stream(((Iterable<RepositoryName>) () -> names).spliterator(), false)
                    .filter(name -> !isMirrored(name))
                    .iterator();
        });
    }

    private boolean isMirrored(RepositoryName name) {
        return mirrors.stream().anyMatch(prefix -> name.value().startsWith(prefix + "/"));
    }
}
