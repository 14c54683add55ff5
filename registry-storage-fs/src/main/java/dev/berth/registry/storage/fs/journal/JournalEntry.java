package dev.berth.registry.storage.fs.journal;

/**
 * A change of a file. Paths are relative to the directory of the store, with slashes. Times are microseconds since 1970, and
 * later for a later entry: a file that was modified after the time of an entry was changed by a later one, or by another
 * program.
 */
public sealed interface JournalEntry {

    /**
     * The file has this content.
     *
     * @param path the file
     * @param time the time of the change
     * @param modified the time of modification that the file has, which is the version of an object
     * @param content all of it; must not change
     */
    record Put(String path, long time, long modified, byte[] content) implements JournalEntry {}

    /** The file exists. If it does not, it is made, empty. */
    record Mark(String path) implements JournalEntry {}

    /**
     * The file is one that had another name, under which it was synced with its content and its time of modification.
     *
     * @param from the other name
     * @param path the file
     * @param time the time of the change
     */
    record Move(String from, String path, long time) implements JournalEntry {}

    /**
     * The file does not exist.
     *
     * @param path the file
     * @param time the time of the change
     */
    record Delete(String path, long time) implements JournalEntry {}

    /** Returns the file. */
    String path();
}
