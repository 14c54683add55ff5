package dev.berth.registry.maintenance.scrub;

/**
 * What a scrub can find. More may be added.
 *
 * @since 0.1
 */
public enum ScrubProblem {
    /** The data does not have its digest: it was changed, or cut, in the storage. It was moved to the quarantine. */
    DAMAGED_DATA,
    /** The data has no bytes left. It counts as missing until it is pushed again. */
    EMPTY_DATA,
    /** The data could not be read. It was left where it is, and is tried again by the next round. */
    UNREADABLE_DATA,
    /** A link points at data that does not exist. */
    MISSING_DATA,
    /** A link is empty, or does not hold a digest. It counts as missing until the content is pushed again. */
    BROKEN_LINK,
    /** A link points at data that is not the content that it is named after. */
    WRONG_LINK,
    /** A tag names a manifest that its repository does not have. */
    DANGLING_TAG,
    /** A manifest has its digest, and is not one of its type. */
    MALFORMED_MANIFEST,
    /** A manifest states another size of a part than the part has. */
    WRONG_SIZE,
    /** The repository lacks a part that a manifest needs. */
    MISSING_PART;

    /** Returns whether the registry answers that the content does not exist because of this. */
    public boolean losesContent() {
        return this == DAMAGED_DATA || this == EMPTY_DATA || this == MISSING_DATA;
    }
}
