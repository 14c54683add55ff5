package dev.berth.registry;

import java.util.Optional;

/**
 * The tags of a repository. Thread-safe. Fails as {@link Manifests} does when storage, network or rights do.
 *
 * @since 0.1
 */
public interface Tags {

    /**
     * Lists the tags in lexical order, by ASCII value ("listing tags", end-8).
     *
     * <p>Iterating fails with {@link ErrorCode#NAME_UNKNOWN} if the repository does not exist.
     */
    Listing<Tag, Tag> list();

    /**
     * Looks up the manifest that a tag names.
     *
     * @return its descriptor, or empty if there is no such tag or no such repository
     */
    Optional<Descriptor> resolve(Tag tag);

    /**
     * Points a tag at a manifest that the repository already has. Durable and visible when it returns.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository lacks the target,
     *     {@link ErrorCode#PRECONDITION_FAILED} if the tag does not meet the condition, {@link ErrorCode#UNSUPPORTED}
     *     if this registry cannot keep that condition (it is never ignored), or takes no pushes
     */
    PutResult put(Tag tag, Digest target, TagCondition condition);

    /** Points a tag at a manifest, whatever the tag named before. */
    default PutResult put(Tag tag, Digest target) {
        return put(tag, target, TagCondition.any());
    }

    /**
     * Deletes the tag and nothing else ("deleting tags", end-9): the manifest stays, under its digest and its other
     * tags.
     *
     * @return whether there was such a tag
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry cannot delete a tag alone; it never
     *     deletes the manifest instead
     */
    boolean delete(Tag tag);
}
