package dev.berth.registry.internal.wire;

import java.util.List;

/** The resources of the API and the methods that each supports (the specification's "Endpoints"). */
public enum ApiResource {
    /** end-1. */
    PING("/v2/", "GET", "HEAD"),
    /** The catalog: the list of repositories of {@code registry:2}. */
    CATALOG("/v2/_catalog", "GET", "HEAD"),
    /** end-8. */
    TAGS("/v2/<name>/tags/list", "GET", "HEAD"),
    /** end-3, end-7, end-9. */
    MANIFEST("/v2/<name>/manifests/<reference>", "GET", "HEAD", "PUT", "DELETE"),
    /** end-2, end-10. */
    BLOB("/v2/<name>/blobs/<digest>", "GET", "HEAD", "DELETE"),
    /** end-4, end-11. */
    UPLOADS("/v2/<name>/blobs/uploads/", "POST"),
    /** end-5, end-6, end-13, end-14. */
    UPLOAD("/v2/<name>/blobs/uploads/<id>", "GET", "HEAD", "PATCH", "PUT", "DELETE"),
    /** end-12. */
    REFERRERS("/v2/<name>/referrers/<digest>", "GET", "HEAD"),
    /** No resource of the API. */
    NONE("");

    private final String template;

    @SuppressWarnings("ImmutableEnumChecker") // created by List.of
    private final List<String> methods;

    ApiResource(String template, String... methods) {
        this.template = template;
        this.methods = List.of(methods);
    }

    /** Returns the path with its variables in angle brackets, for logs and metrics; empty for {@link #NONE}. */
    public String template() {
        return template;
    }

    /** Returns the supported methods. */
    public List<String> methods() {
        return methods;
    }
}
