package dev.berth.registry.server;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.ExchangeAbort;
import dev.berth.registry.server.http1.Http1Application;
import dev.berth.registry.server.http1.Http1Request;
import dev.berth.registry.server.http1.Http1Response;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import dev.berth.registry.server.resources.ErrorResponses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Connects a {@link RegistryHandler} and observers with the HTTP/1.1 transport. */
final class Http1Adapter implements Http1Application {
    private final RegistryHandler handler;
    private final Observers observers;
    private final ServerErrors errors;

    Http1Adapter(RegistryHandler handler, Observers observers, ServerErrors errors) {
        this.handler = handler;
        this.observers = observers;
        this.errors = errors;
    }

    @Override
    public void failed(Throwable failure) {
        errors.report(failure);
    }

    @Override
    public Http1Response handle(Http1Request request) throws IOException {
        try {
            return new Response(handler.handle(RegistryRequest.of(request)));
        } catch (ExchangeAbortedException e) {
            throw new ExchangeAbort(e.isReset(), e);
        }
    }

    @Override
    public Http1Response refuse(InetSocketAddress client, String protocol, MalformedRequestException failure) {
        RegistryResponse response = ErrorResponses.malformed(failure.status(), failure.reason());
        return new Response(response) {
            @Override
            public void close() throws IOException {
                observers.unreadable(
                        client,
                        protocol,
                        response.status(),
                        response.body().length().orElse(0));
                super.close();
            }
        };
    }

    @Override
    public Http1Response overloaded() {
        return new Response(ErrorResponses.overloaded("The server has too many connections; try again later"));
    }

    @Override
    public void connectionOpened(InetSocketAddress client) {
        observers.connectionOpened(client);
    }

    @Override
    public void connectionClosed(InetSocketAddress client) {
        observers.connectionClosed(client);
    }

    @Override
    public void connectionRefused(InetSocketAddress client) {
        observers.connectionRefused(client);
    }

    private static class Response implements Http1Response {
        private final RegistryResponse response;

        Response(RegistryResponse response) {
            this.response = response;
        }

        @Override
        public int status() {
            return response.status();
        }

        @Override
        public void forEachHeader(BiConsumer<String, String> action) {
            response.headers().forEach(action);
        }

        @Override
        public boolean endsConnection() {
            return response.headers().has(WireHeaders.CONNECTION);
        }

        @Override
        public OptionalLong contentLength() {
            return response.body().length();
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            try {
                response.body().writeTo(output);
            } catch (ExchangeAbortedException e) {
                throw new ExchangeAbort(e.isReset(), e);
            }
        }

        @Override
        public void close() throws IOException {
            response.close();
        }
    }
}
