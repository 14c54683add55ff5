package dev.berth.registry.event;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The type of an event. Not an enum: later versions add types, and a type that this version does not know can be read
 * from a store and passed on. A listener ignores types that it does not handle.
 *
 * @param value words of lower-case letters and digits, joined by dots: {@code manifest.pushed}; at most
 *     {@value #MAX_LENGTH} characters
 * @since 0.1
 */
public record EventType(String value) {
    /** The largest number of characters. */
    public static final int MAX_LENGTH = 128;

    private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*");

    /**
     * A manifest was stored. {@link RegistryEvent#descriptor()} is the manifest, {@link RegistryEvent#tags()} are the
     * tags that were set with it.
     */
    public static final EventType MANIFEST_PUSHED = new EventType("manifest.pushed");

    /**
     * A manifest was read. {@link RegistryEvent#descriptor()} is the manifest, {@link RegistryEvent#tags()} the tag by
     * which it was read, if it was not read by its digest.
     */
    public static final EventType MANIFEST_PULLED = new EventType("manifest.pulled");

    /**
     * A manifest was deleted. {@link RegistryEvent#digest()} is its digest, {@link RegistryEvent#tags()} are the tags
     * that were deleted with it.
     */
    public static final EventType MANIFEST_DELETED = new EventType("manifest.deleted");

    /**
     * A tag was set to a manifest that was stored already. {@link RegistryEvent#descriptor()} is the manifest,
     * {@link RegistryEvent#tags()} the tag.
     */
    public static final EventType TAG_SET = new EventType("tag.set");

    /** A tag was deleted; its manifest stays. {@link RegistryEvent#tags()} is the tag. There is no digest. */
    public static final EventType TAG_DELETED = new EventType("tag.deleted");

    /** A blob was stored. {@link RegistryEvent#descriptor()} is the blob. */
    public static final EventType BLOB_PUSHED = new EventType("blob.pushed");

    /**
     * A blob of another repository was mounted. {@link RegistryEvent#descriptor()} is the blob,
     * {@link RegistryEvent#mountedFrom()} the other repository, if the client named it.
     */
    public static final EventType BLOB_MOUNTED = new EventType("blob.mounted");

    /**
     * A blob, or a range of it, was opened for reading, or a URL was issued from which it can be read.
     * {@link RegistryEvent#descriptor()} is the blob.
     */
    public static final EventType BLOB_PULLED = new EventType("blob.pulled");

    /**
     * A blob was read, and its bytes do not have its digest: they were changed in the storage. If somebody pulled it, the
     * reader did not get the last of them, and {@link RegistryEvent#descriptor()} is the blob that was asked for. If a scrub
     * has found it, {@link RegistryEvent#digest()} is that of the blob or manifest, which counts as missing from then on, and
     * {@link RegistryEvent#tags()} are the tags of images that need it.
     */
    public static final EventType BLOB_DAMAGED = new EventType("blob.damaged");

    /** A blob was deleted from the repository. {@link RegistryEvent#digest()} is its digest. */
    public static final EventType BLOB_DELETED = new EventType("blob.deleted");

    /** Checks the form. */
    public EventType {
        Objects.requireNonNull(value, "value");
        if (value.length() > MAX_LENGTH || !GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("A type of event consists of words of lower-case letters and digits,"
                    + " joined by dots, and has at most " + MAX_LENGTH + " characters; this one has "
                    + value.length());
        }
    }

    /**
     * Parses a type, whether this version knows it or not.
     *
     * @throws IllegalArgumentException if the form is not that of a type
     */
    public static EventType parse(String text) {
        return new EventType(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
