package dev.berth.registry.internal.wire;

/** The names of the headers that the API uses, as they are written, and some fixed values. */
public final class WireHeaders {
    /** The API's version, which old clients look for. */
    public static final String API_VERSION = "Docker-Distribution-API-Version";
    /** The only value of {@link #API_VERSION}. */
    public static final String API_VERSION_VALUE = "registry/2.0";
    /** The digest of the content in the body, or of what was stored. */
    public static final String CONTENT_DIGEST = "Docker-Content-Digest";
    /** The name of an upload, beside its {@link #LOCATION}. */
    public static final String UPLOAD_UUID = "Docker-Upload-UUID";
    /**
     * How many bytes of an upload have arrived: {@link #RANGE} cannot tell one from none. In a request where a chunk
     * belongs, which {@link #CONTENT_RANGE} cannot say of one whose end is not known. The name is that of the IETF's
     * resumable uploads, where it means the same.
     */
    public static final String UPLOAD_OFFSET = "Upload-Offset";
    /** The smallest size of a chunk but the last. */
    public static final String CHUNK_MIN_LENGTH = "OCI-Chunk-Min-Length";
    /** The subject of a manifest that was pushed, if referrers are listed here. */
    public static final String SUBJECT = "OCI-Subject";
    /** A tag that was set by a push by digest. */
    public static final String TAG = "OCI-Tag";
    /** The filters that were applied to a list of referrers. */
    public static final String FILTERS_APPLIED = "OCI-Filters-Applied";
    /** What a server does beyond the specification: told at the address of the ping, one value for each. */
    public static final String FEATURES = "Berth-Features";
    /**
     * A value of {@link #FEATURES}: {@code If-Match} with the entity tag of a manifest, and {@code If-None-Match: *},
     * hold a push to what its tags name before, atomically, and are never ignored.
     */
    public static final String FEATURE_TAG_CONDITIONS = "tag-conditions";
    /**
     * A value of {@link #FEATURES}: a tag can be deleted alone, and 404 for that means that there is no such tag.
     */
    public static final String FEATURE_TAG_DELETION = "tag-deletion";
    /** Something a user should read. */
    public static final String WARNING = "Warning";

    // The names that HTTP itself gives (RFC 9110).
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
