package dev.berth.registry.internal.wire;

/** The names of the header fields of the API, and some fixed values. */
public final class WireHeaders {
    /** The version of the API, which old clients require. */
    public static final String API_VERSION = "Docker-Distribution-API-Version";
    /** The only value of {@link #API_VERSION}. */
    public static final String API_VERSION_VALUE = "registry/2.0";
    /** The digest of the content in the body, or of the content that was stored. */
    public static final String CONTENT_DIGEST = "Docker-Content-Digest";
    /** The id of an upload, in addition to its {@link #LOCATION}. */
    public static final String UPLOAD_UUID = "Docker-Upload-UUID";
    /**
     * In a response, the number of bytes of an upload received so far, since {@link #RANGE} does not distinguish 0 from
     * 1. In a request, the offset of a chunk, since {@link #CONTENT_RANGE} requires its length to be known. The name
     * and its meaning are those of the IETF draft on resumable uploads.
     */
    public static final String UPLOAD_OFFSET = "Upload-Offset";
    /** The minimum size in bytes of every chunk except the last one. */
    public static final String CHUNK_MIN_LENGTH = "OCI-Chunk-Min-Length";
    /** The subject of a pushed manifest, if the registry lists referrers. */
    public static final String SUBJECT = "OCI-Subject";
    /** A tag that a push by digest has set. */
    public static final String TAG = "OCI-Tag";
    /** The filters that were applied to a list of referrers. */
    public static final String FILTERS_APPLIED = "OCI-Filters-Applied";
    /** The features of a server beyond the specification, one value for each, in responses to the ping. */
    public static final String FEATURES = "Berth-Features";
    /**
     * A value of {@link #FEATURES}: {@code If-Match} with the entity tag of a manifest, and {@code If-None-Match: *},
     * are atomic conditions on the tags of a push and are never ignored.
     */
    public static final String FEATURE_TAG_CONDITIONS = "tag-conditions";
    /**
     * A value of {@link #FEATURES}: a tag can be deleted without its manifest, and a 404 for that means that the tag
     * does not exist.
     */
    public static final String FEATURE_TAG_DELETION = "tag-deletion";
    /** A warning for the user. */
    public static final String WARNING = "Warning";

    // The names of HTTP itself (RFC 9110).
    public static final String ACCEPT_RANGES = "Accept-Ranges";
    public static final String ALLOW = "Allow";
    public static final String AUTHORIZATION = "Authorization";
    public static final String CONNECTION = "Connection";
    public static final String CONTENT_LENGTH = "Content-Length";
    public static final String CONTENT_RANGE = "Content-Range";
    public static final String CONTENT_TYPE = "Content-Type";
    public static final String DATE = "Date";
    public static final String ETAG = "ETag";
    public static final String EXPECT = "Expect";
    public static final String HOST = "Host";
    public static final String IF_MATCH = "If-Match";
    public static final String IF_NONE_MATCH = "If-None-Match";
    public static final String IF_RANGE = "If-Range";
    public static final String LINK = "Link";
    public static final String LOCATION = "Location";
    public static final String RANGE = "Range";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String TRANSFER_ENCODING = "Transfer-Encoding";
    public static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    /** The media type of error bodies and lists. */
    public static final String JSON = "application/json";

    private WireHeaders() {}
}
