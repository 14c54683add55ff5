package dev.berth.registry;

/**
 * What went wrong: the codes of the specification ("Error codes"), and others for failures that it has no code for.
 *
 * <p>The server decides which HTTP status each has.
 *
 * @since 0.1
 */
public enum ErrorCode {
    /** code-1: the blob is not in the repository. */
    BLOB_UNKNOWN,
    /** code-2: an upload cannot continue with this request. */
    BLOB_UPLOAD_INVALID,
    /** code-3: there is no such upload in this repository. */
    BLOB_UPLOAD_UNKNOWN,
    /** code-4: a digest is malformed, of an unsupported algorithm, or not that of the content. */
    DIGEST_INVALID,
    /** code-5: a manifest refers to a manifest or blob that the repository lacks. */
    MANIFEST_BLOB_UNKNOWN,
    /** code-6: a manifest is malformed, or not what its media type says. */
    MANIFEST_INVALID,
    /** code-7: the manifest is not in the repository. */
    MANIFEST_UNKNOWN,
    /** code-8: malformed repository name. */
    NAME_INVALID,
    /** code-9: the repository does not exist. */
    NAME_UNKNOWN,
    /** code-10: content is shorter or longer than announced. */
    SIZE_INVALID,
    /** code-11: the caller must authenticate. */
    UNAUTHORIZED,
    /** code-12: the caller is not allowed to do this. */
    DENIED,
    /** code-13: this registry does not support the operation. */
    UNSUPPORTED,
    /** code-14: too many requests; see {@link RegistryException#retryAfter()}. */
    TOOMANYREQUESTS,

    /** Not in the specification: malformed tag, as {@code registry:2} names it. */
    TAG_INVALID,
    /** Not in the specification: the page size of a listing is not a number from 0 on, as {@code registry:2} names it. */
    PAGINATION_NUMBER_INVALID,
    /** Not in the specification: no such byte range, or an append at another offset than the current one. */
    RANGE_INVALID,
    /** Not in the specification: the manifest is over the registry's limit. */
    MANIFEST_TOO_LARGE,
    /** Not in the specification: a condition of the request does not hold. */
    PRECONDITION_FAILED,
    /** Not in the specification: the storage is full. */
    INSUFFICIENT_STORAGE,
    /** Not in the specification: storage, network or the other registry does not work at present. */
    UNAVAILABLE,
    /** Not in the specification: the request is malformed in a way that has no code of its own. */
    REQUEST_INVALID,
    /** Not in the specification: there is nothing at this address. */
    NOT_FOUND,
    /** Not in the specification: anything else; a code of another registry that is not known here. */
    UNKNOWN
}
