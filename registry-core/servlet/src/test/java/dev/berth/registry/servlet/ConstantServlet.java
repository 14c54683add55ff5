package dev.berth.registry.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The least that a container can be asked for: every request gets the same fields and bytes. */
final class ConstantServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> headers;
    private final transient byte[] body;

    ConstantServlet(Map<String, String> headers, byte[] body) {
        this.headers = new LinkedHashMap<>(headers);
        this.body = body.clone();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
