package dev.berth.registry.server;

import dev.berth.registry.server.resources.ErrorResponses;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Refuses a request with a body, before it is read, while as many others are received as there may be. A slow client
 * keeps a thread and a buffer for as long as it sends: requests without a body always find some that are free.
 */
final class RequestBodyLimit implements RegistryHandler {
    private final RegistryHandler handler;
    private final Semaphore free;

    RequestBodyLimit(RegistryHandler handler, int most) {
        this.handler = handler;
        this.free = new Semaphore(most);
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        if (request.contentLength().orElse(-1) == 0) {
            return handler.handle(request);
        }
        if (!free.tryAcquire()) {
            return ErrorResponses.overloaded("The server receives too many uploads; try again later");
        }
        try {
            return handler.handle(request);
        } finally {
            free.release();
        }
    }
}
