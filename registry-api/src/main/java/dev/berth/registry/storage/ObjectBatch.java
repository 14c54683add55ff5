package dev.berth.registry.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Several changes of objects that {@link ObjectStore#apply} makes at the cost of one, where a store can. Immutable.
 *
 * <p>Each change is atomic; the batch is not. Neither the order in which the changes become visible nor the one in which
 * they become durable is defined. So only changes of which every subset is harmless belong into one batch.
 *
 * @since 0.1
 */
public final class ObjectBatch {
    private final List<Change> changes;

    private ObjectBatch(List<Change> changes) {
        this.changes = List.copyOf(changes);
    }

    /** Begins a batch. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the changes, each of which is about another key. */
    public List<Change> changes() {
        return changes;
    }

    /** A change of one object. */
    public sealed interface Change permits Put, Mark, Delete, Commit {

        /** Returns the key of the object. */
        ObjectKey key();

        /** Makes the change by a single call of a store. */
        void make(ObjectStore store) throws IOException;
    }

    /**
     * Writes an object, whatever is there.
     *
     * @param content as for {@link ObjectStore#put}; must not change until the batch is applied
     */
    @SuppressWarnings("ArrayRecordComponent") // batches are never compared
    public record Put(ObjectKey key, byte[] content) implements Change {
        @Override
        public void make(ObjectStore store) throws IOException {
            store.put(key, content, PutCondition.always());
        }
    }

    /** Creates an empty object of which only the existence counts, if there is none of its key. */
    public record Mark(ObjectKey key) implements Change {
        @Override
        public void make(ObjectStore store) throws IOException {
            store.mark(List.of(key));
        }
    }

    /** Deletes an object. */
    public record Delete(ObjectKey key) implements Change {
        @Override
        public void make(ObjectStore store) throws IOException {
            store.delete(key);
        }
    }

    /**
     * Commits an upload to a key. One that wraps an upload of the store is committed by its own method.
     *
     * @param size the expected size
     */
    public record Commit(ObjectUpload upload, ObjectKey key, long size) implements Change {
        @Override
        public void make(ObjectStore store) throws IOException {
            upload.commit(key, size);
        }
    }

    /** Collects the changes of a batch. For one thread. */
    public static final class Builder {
        private final List<Change> changes = new ArrayList<>();

        private Builder() {}

        /** Adds a change. */
        public Builder add(Change change) {
            changes.add(Objects.requireNonNull(change, "change"));
            return this;
        }

        /** Adds an object to write, whatever is there. */
        public Builder put(ObjectKey key, byte[] content) {
            return add(new Put(key, content));
        }

        /** Adds a mark to create. */
        public Builder mark(ObjectKey key) {
            return add(new Mark(key));
        }

        /** Adds marks to create. */
        public Builder mark(Collection<ObjectKey> keys) {
            keys.forEach(this::mark);
            return this;
        }

        /** Adds an object to delete. */
        public Builder delete(ObjectKey key) {
            return add(new Delete(key));
        }

        /** Adds an upload to commit. */
        public Builder commit(ObjectUpload upload, ObjectKey key, long size) {
            return add(new Commit(upload, key, size));
        }

        /**
         * Returns the batch.
         *
         * @throws IllegalArgumentException if two changes are about one key: which of them came last would be undefined
         */
        public ObjectBatch build() {
            Set<ObjectKey> keys = new HashSet<>();
            for (Change change : changes) {
                if (!keys.add(change.key())) {
                    throw new IllegalArgumentException("The batch has two changes of " + change.key());
                }
            }
            return new ObjectBatch(changes);
        }
    }
}
