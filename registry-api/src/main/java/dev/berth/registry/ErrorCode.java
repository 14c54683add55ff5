package dev.berth.registry;

/**
 * The codes of errors: those of the specification ("Error Codes"), and others for failures without a code in it.
 *
 * <p>The server maps each code to an HTTP status.
 *
 * @since 0.1
 */
public enum ErrorCode {
    /** code-1: the blob is not in the repository. */
    BLOB_UNKNOWN,
    /** code-2: the request is not valid for this upload. */
    BLOB_UPLOAD_INVALID,
    /** code-3: the upload is not in the repository. */
    BLOB_UPLOAD_UNKNOWN,
    /** code-4: a digest is malformed, has an unsupported algorithm, or does not match the content. */
    DIGEST_INVALID,
    /** code-5: a manifest refers to a manifest or blob that the repository lacks. */
    MANIFEST_BLOB_UNKNOWN,
    /** code-6: a manifest is malformed, or does not match its media type. */
    MANIFEST_INVALID,
    /** code-7: the manifest is not in the repository. */
    MANIFEST_UNKNOWN,
    /** code-8: the repository name is malformed. */
    NAME_INVALID,
    /** code-9: the repository does not exist. */
    NAME_UNKNOWN,
    /** code-10: the content is shorter or longer than declared. */
    SIZE_INVALID,
    /** code-11: the caller must authenticate. */
    UNAUTHORIZED,
    /** code-12: the caller is not authorized for the operation. */
    DENIED,
    /** code-13: this registry does not support the operation. */
    UNSUPPORTED,
    /** code-14: too many requests; see {@link RegistryException#retryAfter()}. */
    TOOMANYREQUESTS,

    /** Not in the specification: the tag is malformed. The name is that of {@code registry:2}. */
    TAG_INVALID,
    /**
     * Not in the specification: the page size of a listing is not a non-negative integer. The name is that of
     * {@code registry:2}.
     */
    PAGINATION_NUMBER_INVALID,
    /** Not in the specification: the byte range is not satisfiable, or an append is not at the current offset. */
    RANGE_INVALID,
    /** Not in the specification: the manifest exceeds the registry's size limit. */
    MANIFEST_TOO_LARGE,
    /** Not in the specification: a condition of the request does not hold. */
    PRECONDITION_FAILED,
    /** Not in the specification: the storage is full. */
    INSUFFICIENT_STORAGE,
    /** Not in the specification: the storage, the network or an upstream registry is unavailable. */
    UNAVAILABLE,
    /** Not in the specification: the request is malformed, and no other code applies. */
    REQUEST_INVALID,
    /** Not in the specification: the path does not exist. */
    NOT_FOUND,
    /** Not in the specification: any other failure, or an unknown code of another registry. */
    UNKNOWN
}
