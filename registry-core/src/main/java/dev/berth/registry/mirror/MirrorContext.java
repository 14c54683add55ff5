package dev.berth.registry.mirror;

import dev.berth.registry.Registry;
import dev.berth.registry.storage.ObjectStore;
import java.util.concurrent.Executor;

/** What the parts of a mirror share. */
final class MirrorContext {
    private final MirrorOptions options;
    private final MirrorListener listener;
    private final Executor executor;
    private final Background background;
    private final UpstreamCalls calls;
    private final MissingUpstream missing;
    private final KnownTags tags = new KnownTags();
    private final Shelf shelf;
    private final Flights flights;
    private final ReferrerLists referrers;

    MirrorContext(Registry cache, ObjectStore store, MirrorOptions options, Executor executor) {
        this.options = options;
        this.listener = options.listener();
        this.executor = executor;
        this.background = new Background(executor);
        this.calls = new UpstreamCalls(executor, options, listener);
        this.missing = new MissingUpstream(options.clock(), options.missingFor());
        this.shelf = new Shelf(cache, store, options, listener);
        this.flights = new Flights(this);
        this.referrers = new ReferrerLists(this);
    }

    MirrorOptions options() {
        return options;
    }

    MirrorListener listener() {
        return listener;
    }

    Executor executor() {
        return executor;
    }

    Background background() {
        return background;
    }

    UpstreamCalls calls() {
        return calls;
    }

    MissingUpstream missing() {
        return missing;
    }

    KnownTags tags() {
        return tags;
    }

    Shelf shelf() {
        return shelf;
    }

    Flights flights() {
        return flights;
    }

    ReferrerLists referrers() {
        return referrers;
    }
}
