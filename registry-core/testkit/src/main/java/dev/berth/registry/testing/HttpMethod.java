package dev.berth.registry.testing;

/**
 * The methods of the API, for faults and assertions: {@code import static …HttpMethod.GET}.
 *
 * @since 0.1
 */
public enum HttpMethod {
    /** Pulls, lists, and returns the status of an upload session. */
    GET,
    /** Checks whether content exists. */
    HEAD,
    /** Starts an upload session, or mounts a blob. */
    POST,
    /** Pushes a manifest, or finishes an upload session. */
    PUT,
    /** Continues an upload session. */
    PATCH,
    /** Deletes content, or cancels an upload session. */
    DELETE
}
