package dev.berth.registry.servlet;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty answers where no servlet has: errors of the specification instead of pages. */
final class JsonErrorHandler extends ErrorHandler {

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorBodies.MEDIA_TYPE);
        byte[] body = ErrorBodies.of(status, "The server refused the request");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
