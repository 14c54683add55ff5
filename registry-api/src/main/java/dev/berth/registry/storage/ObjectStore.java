package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects by key: bytes that are written as a whole and read as a whole or in part.
 *
 * <p>What every implementation promises, and {@code ObjectStoreContract} checks:
 *
 * <ul>
 *   <li><b>Atomic.</b> {@link #put}, {@link #write} and {@link ObjectUpload#commit} take effect at one instant. A
 *       reader sees the old object or the new one, never a part or a mixture.
 *   <li><b>Visible.</b> When a method that changes something returns, every reader in every process sees the change,
 *       in {@link #stat}, {@link #open} and {@link #list}.
 *   <li><b>Durable.</b> When such a method returns, a crash or power cut right after it loses nothing.
 *   <li><b>After a failure</b> (an {@link IOException}, also because the calling thread was interrupted) a change has
 *       either happened or not; which, the next reading tells. A failed call leaves nothing visible but what is named.
 *   <li><b>Bounded.</b> No content is held in memory as a whole except that of {@link #put}. No method costs more as
 *       unrelated objects grow in number.
 *   <li><b>Thread-safe</b>, and safe to use from several processes unless the implementation says that it belongs to
 *       one, in which case it refuses the second one.
 * </ul>
 *
 * <p>Only {@link #put} and {@link #deleteIfUnchanged} are conditional. S3-compatible stores ignore conditions on everything else.
 *
 * <p>Not for many small updates of one object, and not a file system: there are no directories, and nothing is renamed.
 */
public interface ObjectStore extends AutoCloseable {

    /** The largest number of bytes that {@link #put} takes; more goes through {@link #startUpload}. */
    int MAX_PUT_BYTES = 64 * 1024 * 1024;

    /** Looks an object up without its content. */
    Optional<ObjectStat> stat(ObjectKey key) throws IOException;

    /**
     * Opens an object for reading, or returns empty if there is none.
     *
     * @param offset position of the first byte wanted; at the end or behind it there is nothing to read
     * @param length the largest number of bytes wanted; {@link Long#MAX_VALUE} for all that follow
     * @throws IllegalArgumentException if one of them is negative
     */
    Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException;

    /** Opens a whole object for reading, or returns empty if there is none. */
    default Optional<ObjectContent> open(ObjectKey key) throws IOException {
        return open(key, 0, Long.MAX_VALUE);
    }

    /**
     * Begins a reading of this store, for who has something else to read first, and may find that this one is not wanted.
     *
     * <p>For stores whose answers are long in coming: they read in another thread, if that is worth it and there is one to
     * be had. Others begin when the result is asked for, as is the default, so that nobody pays for what is not wanted.
     *
     * @param reading calls methods of this store that change nothing
     * @param discard closes what was read and was not wanted; called at most once, and perhaps in another thread
     */
    default <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        return Prefetch.whenAsked(reading);
    }

    /**
     * Writes an object.
     *
     * @param content at most {@value #MAX_PUT_BYTES} bytes, possibly none; not changed while this runs
     * @return the version that was written, or empty if the condition did not hold and nothing was changed. Of several
     *     writers racing with a condition that can hold for one only, exactly one gets a version
     * @throws IllegalArgumentException if the content is larger than that
     * @throws StorageFullException if there is no room
     */
    Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException;

    /**
     * Writes an object of any size where it is to stay, while it comes in. For stores that would have to move an upload
     * there; others return {@code false}, as is the default, and so do those that this is too large for. Then nothing has
     * been read, and an upload does it.
     *
     * <p>The key gets its new object when the stream has said that it ends, and not before. So who knows what the bytes
     * have to be looks at them while they are read, and lets the last read fail if they are not: when the stream fails,
     * that is passed on as it is, and nothing of what came is kept. What a process that died leaves behind,
     * {@link #dropLeftovers} finds.
     *
     * @param size the number of bytes of the stream, which is not closed. With fewer or more of them this fails
     * @return whether it did
     * @throws StorageFullException if there is no room
     */
    default boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        return false;
    }

    /**
     * Makes sure that these objects exist, each empty if it did not exist before: marks, of which only the existence
     * counts. Faster than one after the other where the store can do them together. Each is atomic, the whole is not.
     */
    default void mark(Collection<ObjectKey> keys) throws IOException {
        for (ObjectKey key : keys) {
            put(key, new byte[0], PutCondition.ifAbsent());
        }
    }

    /** Deletes an object. Does nothing if there is none. */
    void delete(ObjectKey key) throws IOException;

    /**
     * Deletes an object if it has this version.
     *
     * <p>A store that cannot delete conditionally puts an empty object in its place, conditionally. So afterwards there
     * is none or an empty one: who uses this treats both alike.
     *
     * @return whether the object had that version and is gone now
     */
    boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException;

    /** Deletes every object below a prefix, one after the other. Objects written meanwhile may stay. */
    void deleteTree(KeyPrefix prefix) throws IOException;

    /** Lists a page of names. Costs a page, whatever else the store holds. */
    ListPage list(ListRequest request) throws IOException;

    /**
     * Starts an upload.
     *
     * @param staging a key of the caller's, new for each upload, that names it. The store may keep the upload's state in
     *     objects below it ({@code staging/…}), and removes them when it ends
     * @throws StorageFullException if there is no room
     */
    ObjectUpload startUpload(ObjectKey staging) throws IOException;

    /** Finds an upload that was started and has not ended, by this process or another one. */
    Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException;

    /**
     * Gives up what processes that died may have left behind below a prefix where neither {@link #list} nor
     * {@link #resumeUpload} finds it, such as the unfinished multipart uploads of S3. Does nothing where there is no such
     * thing.
     *
     * @param startedBefore leaves what is younger alone: it may still be at work
     */
    default void dropLeftovers(KeyPrefix prefix, Instant startedBefore) throws IOException {}

    /**
     * Returns an address from which anyone can read the object, without credentials, for as long as it is valid; empty
     * where the store has none to give.
     */
    default Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return Optional.empty();
    }

    /** Returns text that is equal only for stores that hold the same objects, such as a path; it holds no secret. */
    String identity();

    /**
     * Releases what the store holds, not its objects. May be called repeatedly. Calls made after it fail with an
     * {@link IOException}.
     */
    @Override
    void close() throws IOException;
}
