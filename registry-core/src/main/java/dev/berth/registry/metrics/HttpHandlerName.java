package dev.berth.registry.metrics;

/** The values of the label {@code handler}: how {@code registry:2} calls its routes, and what it does not have. */
enum HttpHandlerName {
    BASE("base"),
    CATALOG("catalog"),
    TAGS("tags"),
    MANIFEST("manifest"),
    BLOB("blob"),
    BLOB_UPLOAD("blob_upload"),
    BLOB_UPLOAD_CHUNK("blob_upload_chunk"),
    REFERRERS("referrers"),
    OTHER("other");

    private static final String ROOT = "/v2/";

    private final String label;

    HttpHandlerName(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Returns the handler of a route, as an exchange has it at its end. */
    static HttpHandlerName ofRoute(String route) {
        return switch (route) {
            case "/v2/" -> BASE;
            case "/v2/_catalog" -> CATALOG;
            case "/v2/<name>/tags/list" -> TAGS;
            case "/v2/<name>/manifests/<reference>" -> MANIFEST;
            case "/v2/<name>/blobs/<digest>" -> BLOB;
            case "/v2/<name>/blobs/uploads/" -> BLOB_UPLOAD;
            case "/v2/<name>/blobs/uploads/<id>" -> BLOB_UPLOAD_CHUNK;
            case "/v2/<name>/referrers/<digest>" -> REFERRERS;
            default -> OTHER;
        };
    }

    /**
     * Returns the handler that a request will reach, by its path and without allocating anything: before a request is
     * handled, its route is not known.
     *
     * @param target path and query
     */
    static HttpHandlerName ofTarget(String target) {
        int mark = target.indexOf('?');
        int end = mark < 0 ? target.length() : mark;
        if (!target.startsWith(ROOT)) {
            return is(target, 0, end, "/v2") ? BASE : OTHER;
        }
        if (end == ROOT.length()) {
            return BASE;
        }
        int last = target.lastIndexOf('/', end - 1);
        if (last < ROOT.length()) {
            return is(target, last, end, "/_catalog") ? CATALOG : OTHER;
        }
        int kind = target.lastIndexOf('/', last - 1);
        if (kind < ROOT.length()) {
            return OTHER;
        }
        if (is(target, kind, last, "/manifests")) {
            return MANIFEST;
        }
        if (is(target, kind, last, "/referrers")) {
            return REFERRERS;
        }
        if (is(target, kind, last, "/tags")) {
            return is(target, last, end, "/list") ? TAGS : OTHER;
        }
        if (is(target, kind, last, "/blobs")) {
            return is(target, last, end, "/uploads") ? BLOB_UPLOAD : BLOB;
        }
        int blobs = target.lastIndexOf('/', kind - 1);
        if (is(target, kind, last, "/uploads") && blobs >= ROOT.length() && is(target, blobs, kind, "/blobs")) {
            return last + 1 == end ? BLOB_UPLOAD : BLOB_UPLOAD_CHUNK;
        }
        return OTHER;
    }

    private static boolean is(String target, int begin, int end, String part) {
        return end - begin == part.length() && target.startsWith(part, begin);
    }
}
