package dev.berth.registry.internal.wire;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.util.Map;

/**
 * A path of the API: the resource, and the text of its variables, which are not validated. {@link #repository()},
 * {@link #digest()}, {@link #selector()} and {@link #uploadId()} parse the variables and fail with the code of an
 * invalid one. Immutable.
 *
 * @param resource the resource of the path
 * @param name the text of the repository name; empty if the path has none
 * @param last the text of the last variable: a tag, digest or upload id; empty if the path has none
 */
public record ApiPath(ApiResource resource, String name, String last) {
    private static final String ROOT = "/v2/";
    private static final ApiPath NONE = new ApiPath(ApiResource.NONE, "", "");
    private static final ApiPath PING = new ApiPath(ApiResource.PING, "", "");
    private static final ApiPath CATALOG = new ApiPath(ApiResource.CATALOG, "", "");

    /**
     * Parses a path.
     *
     * <p>The path is parsed from its end, since repository names contain slashes and may have components such as
     * {@code blobs}.
     *
     * @param rawPath the path as in a request line, without the query
     * @return the parsed path, of {@link ApiResource#NONE} if it is not a path of the API
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if its percent-escapes are malformed or encode a
     *     slash
     */
    public static ApiPath parse(String rawPath) {
        if (rawPath.equals(ROOT) || rawPath.equals("/v2")) {
            return PING;
        }
        if (!rawPath.startsWith(ROOT)) {
            return NONE;
        }
        if (rawPath.equals("/v2/_catalog")) {
            return CATALOG;
        }
        int lastSlash = rawPath.lastIndexOf('/');
        int kindSlash = rawPath.lastIndexOf('/', lastSlash - 1);
        if (kindSlash < ROOT.length()) {
            return NONE;
        }
        String last = rawPath.substring(lastSlash + 1);
        return switch (rawPath.substring(kindSlash + 1, lastSlash)) {
            case "manifests" -> of(ApiResource.MANIFEST, rawPath, kindSlash, last);
            case "referrers" -> of(ApiResource.REFERRERS, rawPath, kindSlash, last);
            case "tags" -> last.equals("list") ? of(ApiResource.TAGS, rawPath, kindSlash, "") : NONE;
            case "blobs" ->
                last.equals("uploads")
                        ? of(ApiResource.UPLOADS, rawPath, kindSlash, "")
                        : of(ApiResource.BLOB, rawPath, kindSlash, last);
            case "uploads" -> {
                int blobsSlash = rawPath.lastIndexOf('/', kindSlash - 1);
                if (blobsSlash < ROOT.length() || !rawPath.startsWith("/blobs/", blobsSlash)) {
                    yield NONE;
                }
                yield of(last.isEmpty() ? ApiResource.UPLOADS : ApiResource.UPLOAD, rawPath, blobsSlash, last);
            }
            default -> NONE;
        };
    }

    private static ApiPath of(ApiResource resource, String rawPath, int nameEnd, String last) {
        String name = PercentCoding.decodePath(rawPath.substring(ROOT.length(), nameEnd));
        return new ApiPath(resource, name, PercentCoding.decodePath(last));
    }

    /** Returns the repository name, or fails with {@link ErrorCode#NAME_INVALID}. */
    public RepositoryName repository() {
        return repository(name);
    }

    /** Parses a repository name, or fails with {@link ErrorCode#NAME_INVALID}. */
    public static RepositoryName repository(String text) {
        try {
            return RepositoryName.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(ErrorCode.NAME_INVALID, e);
        }
    }

    /** Returns the digest at the end of the path, or fails with {@link ErrorCode#DIGEST_INVALID}. */
    public Digest digest() {
        return digest(last);
    }

    /** Parses a digest, or fails with {@link ErrorCode#DIGEST_INVALID}. */
    public static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(ErrorCode.DIGEST_INVALID, e);
        }
    }

    /**
     * Returns the tag or digest at the end of the path, or fails with {@link ErrorCode#DIGEST_INVALID} if it contains a
     * colon, otherwise with {@link ErrorCode#TAG_INVALID}.
     */
    public ManifestSelector selector() {
        try {
            return ManifestSelector.parse(last);
        } catch (IllegalArgumentException e) {
            throw refused(last.indexOf(':') >= 0 ? ErrorCode.DIGEST_INVALID : ErrorCode.TAG_INVALID, e);
        }
    }

    /** Returns the upload id at the end of the path, or fails with {@link ErrorCode#BLOB_UPLOAD_UNKNOWN}. */
    public UploadId uploadId() {
        return UploadSegment.parse(last)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.BLOB_UPLOAD_UNKNOWN,
                        "There is no such upload in " + repository() + ": start a new one"));
    }

    private static RegistryException refused(ErrorCode code, IllegalArgumentException e) {
        String message = e.getMessage() == null ? code.name() : e.getMessage();
        return RegistryException.builder(new RegistryError(code, message, Map.of()))
                .cause(e)
                .build();
    }

    /** Returns the path with which clients check for a registry (end-1). */
    public static String ofPing() {
        return ROOT;
    }

    /** Returns the path of the catalog. */
    public static String ofCatalog() {
        return ROOT + "_catalog";
    }

    /** Returns the path of the list of tags. */
    public static String ofTags(RepositoryName name) {
        return ROOT + name + "/tags/list";
    }

    /** Returns the path of a manifest. */
    public static String ofManifest(RepositoryName name, ManifestSelector selector) {
        return ROOT + name + "/manifests/" + selector;
    }

    /** Returns the path of a blob. */
    public static String ofBlob(RepositoryName name, Digest digest) {
        return ROOT + name + "/blobs/" + digest;
    }

    /** Returns the path at which uploads are started. */
    public static String ofUploads(RepositoryName name) {
        return ROOT + name + "/blobs/uploads/";
    }

    /** Returns the path of an upload. */
    public static String ofUpload(RepositoryName name, UploadId id) {
        return ROOT + name + "/blobs/uploads/" + UploadSegment.format(id);
    }

    /** Returns the path of the list of referrers. */
    public static String ofReferrers(RepositoryName name, Digest subject) {
        return ROOT + name + "/referrers/" + subject;
    }
}
