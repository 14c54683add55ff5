package dev.berth.registry.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** Which HTTP a request came by. */
final class Protocol {
    private Protocol() {}

    /** Returns whether a request has a connection for itself, which can be closed after it. */
    static boolean isHttp1(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1");
    }
}
