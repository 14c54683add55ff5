package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.List;

/** Tells several listeners, in their order. */
record CollectionListeners(List<CollectionListener> listeners) implements CollectionListener {
    CollectionListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void removedData(Digest digest, long bytes) {
        listeners.forEach(listener -> listener.removedData(digest, bytes));
    }

    @Override
    public void removedLink(RepositoryName repository, Digest digest) {
        listeners.forEach(listener -> listener.removedLink(repository, digest));
    }

    @Override
    public void broken(String object, String reason) {
        listeners.forEach(listener -> listener.broken(object, reason));
    }

    @Override
    public void progress(String step, long done) {
        listeners.forEach(listener -> listener.progress(step, done));
    }

    @Override
    public void ended() {
        listeners.forEach(CollectionListener::ended);
    }
}
