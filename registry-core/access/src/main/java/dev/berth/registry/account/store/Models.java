package dev.berth.registry.account.store;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectStore;
import java.util.function.Function;
import java.util.function.Predicate;

/** The model as it is in the store, and the policy that follows it. Thread-safe. */
final class Models implements AccessPolicy {
    private final CachedObjects<Model> cache;

    Models(ObjectStore store, AccountStoreOptions options) {
        this.cache = CachedObjects.single(store, Model.FORMAT, options.clock(), options.cacheAge());
    }

    /** Returns the model, which may have been read a few seconds ago. */
    Model current() {
        return cache.get(ObjectNames.MODEL).orElse(Model.EMPTY);
    }

    /** Returns the model as it is. */
    Model fresh() {
        return cache.getFresh(ObjectNames.MODEL).orElse(Model.EMPTY);
    }

    /**
     * Changes the model.
     *
     * @param edit makes the change, and returns whether there was one; called several times if others make changes
     * @return what the edit returned
     */
    boolean edit(Predicate<ModelEdit> edit) {
        return change(model -> {
            ModelEdit changed = new ModelEdit(model);
            return edit.test(changed) ? Change.write(changed.build(), true) : Change.keep(false);
        });
    }

    <R> R change(Function<Model, Change<Model, R>> change) {
        return cache.change(ObjectNames.MODEL, found -> change.apply(found.orElse(Model.EMPTY)));
    }

    @Override
    public boolean allows(Caller caller, Action action, RepositoryName repository) {
        return current().policy().allows(caller, action, repository);
    }

    @Override
    public NameSet readable(Caller caller) {
        return current().policy().readable(caller);
    }

    /** Returns the grants. */
    @Override
    public String toString() {
        return "policy of stored grants";
    }
}
