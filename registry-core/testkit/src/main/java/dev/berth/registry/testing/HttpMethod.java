package dev.berth.registry.testing;

/** The methods of the API, for faults and assertions: {@code import static …HttpMethod.GET}. */
public enum HttpMethod {
    /** Pull, list, and the status of an upload. */
    GET,
    /** Look whether something is there. */
    HEAD,
    /** Start an upload, or mount. */
    POST,
    /** Push a manifest, or finish an upload. */
    PUT,
    /** Go on with an upload. */
    PATCH,
    /** Delete, or cancel an upload. */
    DELETE
}
