package dev.berth.registry;

import java.util.Optional;

/**
 * The tags of a repository. Thread-safe. Every method may fail with the codes that {@link Manifests} names for failures
 * of storage, network and access control.
 *
 * @since 0.1
 */
public interface Tags {

    /**
     * Lists the tags in lexical order by ASCII value (end-8, "Listing Tags").
     *
     * <p>Iteration fails with {@link ErrorCode#NAME_UNKNOWN} if the repository does not exist.
     */
    Listing<Tag, Tag> list();

    /**
     * Looks up the manifest to which a tag points.
     *
     * @return its descriptor, or empty if the tag or the repository does not exist
     */
    Optional<Descriptor> resolve(Tag tag);

    /**
     * Points a tag to a manifest of the repository. The change is durable and visible when this method returns.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository lacks the target;
     *     {@link ErrorCode#PRECONDITION_FAILED} if the tag does not meet the condition; {@link ErrorCode#UNSUPPORTED}
     *     if this registry cannot enforce the condition, which is never ignored, or does not accept pushes
     */
    PutResult put(Tag tag, Digest target, TagCondition condition);

    /** Points a tag to a manifest unconditionally. */
    default PutResult put(Tag tag, Digest target) {
        return put(tag, target, TagCondition.any());
    }

    /**
     * Deletes a tag (end-9, "Deleting tags"). The manifest remains, with its digest and its other tags.
     *
     * @return whether the tag existed
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry cannot delete a tag without its
     *     manifest, which is never deleted instead
     */
    boolean delete(Tag tag);

    /**
     * Deletes a tag if it meets a condition, which is checked at the moment of the deletion: a tag that is set meanwhile
     * stays.
     *
     * @return whether the tag existed; a tag that does not exist meets every condition
     * @throws RegistryException with {@link ErrorCode#PRECONDITION_FAILED} if the tag does not meet the condition;
     *     {@link ErrorCode#UNSUPPORTED} if this registry cannot enforce the condition, which is never ignored, or cannot
     *     delete a tag without its manifest
     */
    default boolean delete(Tag tag, TagCondition condition) {
        if (condition instanceof TagCondition.Any) {
            return delete(tag);
        }
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "This registry cannot delete the tag " + tag + " on a condition; delete it unconditionally");
    }
}
