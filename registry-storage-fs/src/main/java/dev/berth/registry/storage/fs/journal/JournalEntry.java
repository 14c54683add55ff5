package dev.berth.registry.storage.fs.journal;

/**
 * A change of a file that is about to be made. Paths are relative to the directory of the store, with slashes.
 *
 * <p>Times are microseconds since 1970. A file that was modified after the time of an entry is not what the change has
 * made or replaced: a later one or another program has changed it.
 */
public sealed interface JournalEntry {

    /**
     * The file gets this content.
     *
     * @param path the file
     * @param time no earlier than the times of modification of what is replaced and of what replaces it
     * @param modified the time of modification that the file gets, which is the version of an object
     * @param content all of it; must not change
     */
    @SuppressWarnings("ArrayRecordComponent") // entries are never compared
    record Put(String path, long time, long modified, byte[] content) implements JournalEntry {}

    /**
     * The file is made, empty, if there is none.
     *
     * @param path the file
     * @param time when
     */
    record Mark(String path, long time) implements JournalEntry {}

    /**
     * A file gets another name, in the place of what has it. It is durable under the one that it has, with its content and
     * its time of modification.
     *
     * @param from the name that it has
     * @param size its size: another file may get that name later
     * @param modified its time of modification
     * @param path the name that it gets
     * @param time no earlier than the times of modification of what is replaced and of what replaces it
     */
    record Move(String from, long size, long modified, String path, long time) implements JournalEntry {}

    /**
     * The file is deleted.
     *
     * @param path the file
     * @param time no earlier than its time of modification and than the times of earlier entries
     */
    record Delete(String path, long time) implements JournalEntry {}

    /** Returns the file. */
    String path();
}
