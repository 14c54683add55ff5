package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects by key: bytes that are written as a whole, and read as a whole or in part.
 *
 * <p>Every implementation keeps these promises, which {@code ObjectStoreContract} tests:
 *
 * <ul>
 *   <li><b>Atomic.</b> {@link #put}, {@link #write} and {@link ObjectUpload#commit} take effect at one instant. A
 *       reader sees the old object or the new one, never a part or a mixture.
 *   <li><b>Visible.</b> When a method that changes something returns, every reader in every process sees the change, in
 *       {@link #stat}, {@link #open} and {@link #list}.
 *   <li><b>Durable.</b> When such a method returns, a crash or power failure right after it loses nothing, neither of its
 *       own change nor of another one that anybody could see when it began: who changes nothing since the object is there
 *       already, or relies on it, may depend on that.
 *   <li><b>After a failure</b> (an {@link IOException}, also because the calling thread was interrupted) a change has
 *       either happened or not; reading shows which. A failed call leaves nothing visible except what is stated.
 *   <li><b>Bounded.</b> No content is held in memory as a whole except that of {@link #put}. No method becomes slower
 *       as unrelated objects grow in number.
 *   <li><b>Thread-safe</b>, and safe to use from several processes unless the implementation says that it belongs to
 *       one, in which case it refuses the second one.
 * </ul>
 *
 * <p><b>An implementation must provide</b> eight operations, and {@link #identity} and {@link #close}:
 *
 * <ol>
 *   <li>{@link #stat} looks an object up;
 *   <li>{@link #open(ObjectKey, long, long)} reads an object or a part of it;
 *   <li>{@link #put} writes a small object, on a condition;
 *   <li>{@link #delete} deletes an object;
 *   <li>{@link #deleteIfUnchanged} deletes one version of an object;
 *   <li>{@link #list} lists a page of names;
 *   <li>{@link #startUpload} starts a large object;
 *   <li>{@link #resumeUpload} finds an upload again.
 * </ol>
 *
 * <p><b>Optional methods</b> have a correct default. A store overrides one if it can do better:
 *
 * <ul>
 *   <li>{@link #open(ObjectKey)}: a convenience, nothing to gain;
 *   <li>{@link #openStored}: if it keeps the content of objects in memory;
 *   <li>{@link #deleteTree}: if it can delete several objects with one request;
 *   <li>{@link #putForDeletion}: if it can run out of room;
 *   <li>{@link #mark}: if it can create several objects at the same time;
 *   <li>{@link #apply}: if it can make several changes at the same time, or durable together;
 *   <li>{@link #putTransient}: if making an object durable costs something;
 *   <li>{@link #exclusive}: if no other process can use the objects at the same time;
 *   <li>{@link #write}: if committing an upload copies its bytes;
 *   <li>{@link #prefetch}: if a read has a long latency;
 *   <li>{@link #dropLeftovers}: if a crash leaves data that {@link #list} does not show;
 *   <li>{@link #directUrl}: if clients can read from it without credentials;
 *   <li>{@link #checkHealth}: if it has a cheaper or a more thorough check than a listing.
 * </ul>
 *
 * <p>Only {@link #put} and {@link #deleteIfUnchanged} are conditional. S3-compatible stores ignore conditions on
 * everything else.
 *
 * <p>Not for many small updates of one object, and not a file system: there are no directories and no renaming. A store
 * that wraps another one extends {@link ForwardingObjectStore}.
 *
 * @since 0.1
 */
public interface ObjectStore extends AutoCloseable {

    /** The largest number of bytes that {@link #put} takes; larger content goes through {@link #startUpload}. */
    int MAX_PUT_BYTES = 64 * 1024 * 1024;

    // What every implementation must provide

    /** Looks up an object without its content, or returns empty if it does not exist. */
    Optional<ObjectStat> stat(ObjectKey key) throws IOException;

    /**
     * Opens an object for reading, or returns empty if it does not exist.
     *
     * @param offset position of the first byte; at or after the end of the object there is nothing to read
     * @param length the largest number of bytes; {@link Long#MAX_VALUE} for all that follow
     * @throws IllegalArgumentException if offset or length is negative
     */
    Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException;

    /**
     * Writes an object.
     *
     * @param content at most {@value #MAX_PUT_BYTES} bytes, possibly none; must not change during the call
     * @return the version that was written, or empty if the condition did not hold and nothing was changed. Of several
     *     racing writers whose condition can hold for one only, exactly one gets a version
     * @throws IllegalArgumentException if the content is larger than that
     * @throws StorageFullException if there is not enough space
     */
    Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException;

    /** Deletes an object. Has no effect if it does not exist. */
    void delete(ObjectKey key) throws IOException;

    /**
     * Deletes an object if it has this version.
     *
     * <p>A store that cannot delete conditionally replaces it with an empty object, conditionally. So afterwards there
     * is no object or an empty one, and callers must treat both alike. A store whose {@link #prefetch} reads in other threads
     * must leave an empty one, by which a collection of garbage is noticed that has ended just before.
     *
     * @return whether the object had that version and was deleted
     */
    boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException;

    /** Lists a page of names. The cost depends on the page, not on the size of the store. */
    ListPage list(ListRequest request) throws IOException;

    /**
     * Starts an upload.
     *
     * @param staging names the upload; a key that the caller has not used before. The store may keep the upload's state
     *     in objects below it ({@code staging/…}), and removes them when the upload ends
     * @throws UploadConflictException if there is an upload of that name, since another caller has started it
     * @throws StorageFullException if there is not enough space
     */
    ObjectUpload startUpload(ObjectKey staging) throws IOException;

    /** Finds an upload that was started by this process or another one and has not ended. */
    Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException;

    /** Returns text that is equal only for stores that hold the same objects, such as a path. It contains no secret. */
    String identity();

    /**
     * Releases the resources of this object; the stored objects stay. Idempotent. Later calls of other methods fail
     * with an {@link IOException}.
     */
    @Override
    void close() throws IOException;

    // What an implementation may do better than the default

    /** Opens a whole object for reading, or returns empty if it does not exist. */
    default Optional<ObjectContent> open(ObjectKey key) throws IOException {
        return open(key, 0, Long.MAX_VALUE);
    }

    /**
     * Opens a whole object as the storage has it now, past what this process keeps of it in memory: for whoever looks
     * for damage. Returns empty if the object does not exist.
     *
     * <p>The default opens it as any reader does.
     */
    default Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        return open(key);
    }

    /**
     * Deletes every object below a prefix, one after the other. Objects written during the call may stay.
     *
     * <p>Uploads whose staging key is below the prefix end, as after {@link ObjectUpload#abort}: later calls of them
     * throw an {@link UploadGoneException}. An append or commit that is in progress may still succeed.
     *
     * <p>The default lists the objects and deletes each of them. It suffices if the store keeps an upload in objects
     * below its staging key; otherwise the store must override this method to end uploads.
     */
    default void deleteTree(KeyPrefix prefix) throws IOException {
        ListRequest request = ListRequest.tree(prefix);
        while (true) {
            ListPage page = list(request);
            List<String> names = page.names();
            for (String name : names) {
                delete(ObjectKey.of(name));
            }
            if (page.last()) {
                return;
            }
            request = request.after(names.get(names.size() - 1));
        }
    }

    /**
     * Creates marks: empty objects of which only the existence counts. Objects that exist stay as they are. Each
     * creation is atomic, the whole is not.
     *
     * <p>The default creates one after the other.
     */
    default void mark(Collection<ObjectKey> keys) throws IOException {
        for (ObjectKey key : keys) {
            put(key, new byte[0], PutCondition.ifAbsent());
        }
    }

    /**
     * Writes a small object as {@link #put} does, which a deletion needs before it can free any room. A store that can be
     * full keeps some room in reserve for this, so that deleting works when nothing else fits any more.
     *
     * <p>The default puts it as any other object.
     *
     * @param content a few kilobytes at most; must not change during the call
     * @return as {@link #put}
     * @throws StorageFullException if there is not enough space, not even in reserve
     */
    default Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return put(key, content, condition);
    }

    /**
     * Makes the changes of a batch. When this returns, all of them are visible and durable. A crash before that, or a
     * failure, may leave any of them made and any others not, in whatever order they were added.
     *
     * <p>The default makes one after the other.
     *
     * @throws StorageFullException if there is not enough space for one of them
     * @throws IOException if one of them fails, as its own method would; those after it may not have been tried
     */
    default void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            change.make(this);
        }
    }

    /**
     * Writes an object as {@link #put} does, which need not be durable: a crash of the system, not one of the process, may
     * lose it or bring back what was there before. For what is worth nothing after a crash. A later change of the same
     * object by another method is durable as always.
     *
     * <p>The default makes it durable all the same.
     */
    default Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return put(key, content, condition);
    }

    /**
     * Returns text that is another one after a crash of the system that may have lost what {@link #putTransient} wrote, or
     * brought back what was there before. Who writes such an object can put the text into it, and tell one of an earlier
     * epoch by it. Does no I/O.
     *
     * <p>The default is always the same, for a store that loses nothing.
     */
    default String transientEpoch() {
        return "";
    }

    /**
     * Returns whether the objects belong to this process alone, so that nothing that an earlier process has asked for can
     * still happen. Does no I/O.
     *
     * <p>The default is {@code false}: requests of another process, or of one that has died, may be in progress.
     */
    default boolean exclusive() {
        return false;
    }

    /**
     * Writes an object of any size directly to its key, while the content arrives. For stores in which an upload's
     * bytes would have to be copied when it is committed. Other stores return {@code false}, as the default does, and
     * so does a store for which this content is too large; then nothing has been read, and the caller uses an upload.
     *
     * <p>The object appears only after the stream has reported its end. So a caller that knows a digest can verify the
     * bytes while they are read, and let the last read fail if they are wrong: a failure of the stream is thrown as it
     * is, and nothing is kept. {@link #dropLeftovers} removes what a crashed process leaves.
     *
     * @param content exactly {@code size} bytes, or this fails; not closed
     * @return whether the object was written
     * @throws StorageFullException if there is not enough space
     */
    default boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        return false;
    }

    /**
     * Starts a read whose result may not be needed, while the caller reads something else.
     *
     * <p>A store with a long latency reads in another thread, if one is available. The default reads when the result is
     * requested, so that a result that is not needed costs nothing.
     *
     * @param reading calls methods of this store that change nothing
     * @param discard closes a result that was read and not requested; called at most once, possibly in another thread
     */
    default <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        return Prefetch.whenAsked(reading);
    }

    /**
     * Removes data of crashed processes below a prefix that neither {@link #list} nor {@link #resumeUpload} finds, such
     * as unfinished multipart uploads of S3. The default has no effect.
     *
     * @param age only leftovers that are older than this are removed, by the clock of the store where it has one, since
     *     that of this machine may be wrong; later ones may be in use
     */
    default void dropLeftovers(KeyPrefix prefix, Duration age) throws IOException {}

    /**
     * Returns a URL from which the object can be read without credentials while the URL is valid, or empty if the store
     * has none to offer, as by default.
     */
    default Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return Optional.empty();
    }

    /**
     * Checks that the store is usable, in about one round trip. Has no visible effect. Meant to be called every few
     * seconds.
     *
     * <p>The default lists one name.
     *
     * @throws IOException if the store is closed or cannot be used; the message says why
     */
    default void checkHealth() throws IOException {
        list(ListRequest.tree(KeyPrefix.ROOT).limit(1));
    }
}
