package dev.berth.registry.client;

import dev.berth.registry.client.auth.Authorization;
import dev.berth.registry.internal.transport.IncomingResponse;

/**
 * A response to a request of the API.
 *
 * @param response the response, still to be read or closed
 * @param sent the authorization that was sent: a server may repeat it in a message
 */
record ApiExchange(IncomingResponse response, Authorization sent) {

    /** Bodies that nobody reads, up to this size, are read so that their connection can be used again. */
    private static final int MOST_TO_DISCARD = 64 * 1024;

    int status() {
        return response.status();
    }

    void discard() {
        discard(response);
    }

    /** Ends a response whose body nobody reads. */
    static void discard(IncomingResponse response) {
        response.discard(MOST_TO_DISCARD);
    }
}
