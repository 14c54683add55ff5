package dev.berth.registry.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** Which HTTP a request came by. */
final class Protocol {
    private Protocol() {}

    /** Returns whether a client knows chunks, and needs them. */
    static boolean isHttp11(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.1");
    }

    /** Returns whether a request has a connection for itself, which can be closed after it. */
    static boolean isHttp1(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1");
    }
}
