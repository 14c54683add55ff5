package dev.berth.registry.testing;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingRegistry;

/** The registry of a {@link TestRegistry}, which fails with a clear message when that has been closed. */
final class ClosableView extends ForwardingRegistry {
    private final Runnable requireOpen;

    ClosableView(Registry delegate, Runnable requireOpen) {
        super(delegate);
        this.requireOpen = requireOpen;
    }

    @Override
    public Repository repository(RepositoryName name) {
        requireOpen.run();
        return super.repository(name);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        requireOpen.run();
        return super.repositories();
    }
}
