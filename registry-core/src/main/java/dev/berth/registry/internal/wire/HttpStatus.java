package dev.berth.registry.internal.wire;

import dev.berth.registry.ErrorCode;

/**
 * The mapping between error codes and HTTP statuses. Each code has one status. A status is mapped to a code only if the
 * response has no body that states the code, as for HEAD; that code depends on the resource.
 */
public final class HttpStatus {
    private HttpStatus() {}

    /** Returns the status of a code. */
    public static int of(ErrorCode code) {
        return switch (code) {
            case BLOB_UPLOAD_INVALID,
                    DIGEST_INVALID,
                    MANIFEST_BLOB_UNKNOWN,
                    MANIFEST_INVALID,
                    NAME_INVALID,
                    SIZE_INVALID,
                    TAG_INVALID,
                    PAGINATION_NUMBER_INVALID,
                    REQUEST_INVALID -> 400;
            case UNAUTHORIZED -> 401;
            case DENIED -> 403;
            case BLOB_UNKNOWN, BLOB_UPLOAD_UNKNOWN, MANIFEST_UNKNOWN, NAME_UNKNOWN, NOT_FOUND -> 404;
            case UNSUPPORTED -> 405;
            case PRECONDITION_FAILED -> 412;
            case MANIFEST_TOO_LARGE -> 413;
            case RANGE_INVALID -> 416;
            case TOOMANYREQUESTS -> 429;
            case UNKNOWN -> 500;
            case UNAVAILABLE -> 503;
            case INSUFFICIENT_STORAGE -> 507;
        };
    }

    /**
     * Returns the code for a response without a body.
     *
     * @param status a status of 400 or above
     * @param resource the resource of the request
     */
    public static ErrorCode codeOf(int status, ApiResource resource) {
        return switch (status) {
            case 400, 406, 411, 414, 415, 417, 422, 431 -> ErrorCode.REQUEST_INVALID;
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 404, 410 -> missing(resource);
            case 405, 501 -> ErrorCode.UNSUPPORTED;
            case 408, 502, 503, 504 -> ErrorCode.UNAVAILABLE;
            case 412 -> ErrorCode.PRECONDITION_FAILED;
            case 413 -> resource == ApiResource.MANIFEST ? ErrorCode.MANIFEST_TOO_LARGE : ErrorCode.SIZE_INVALID;
            case 416 -> ErrorCode.RANGE_INVALID;
            case 429 -> ErrorCode.TOOMANYREQUESTS;
            case 507 -> ErrorCode.INSUFFICIENT_STORAGE;
            default -> ErrorCode.UNKNOWN;
        };
    }

    private static ErrorCode missing(ApiResource resource) {
        return switch (resource) {
            case MANIFEST -> ErrorCode.MANIFEST_UNKNOWN;
            case BLOB -> ErrorCode.BLOB_UNKNOWN;
            case UPLOAD -> ErrorCode.BLOB_UPLOAD_UNKNOWN;
            case TAGS, UPLOADS, REFERRERS -> ErrorCode.NAME_UNKNOWN;
            case PING, CATALOG, NONE -> ErrorCode.NOT_FOUND;
        };
    }
}
