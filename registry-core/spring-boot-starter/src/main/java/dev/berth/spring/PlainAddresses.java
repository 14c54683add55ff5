package dev.berth.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses addresses that the container takes for the registry's and that are written otherwise, such as {@code //v2/} or
 * {@code /%762/}. No client has them, and filters of Spring fail at them, before anybody else could answer.
 */
final class PlainAddresses implements Filter {
    private static final byte[] REFUSAL = """
            {"errors":[{"code":"REQUEST_INVALID","message":"The request is malformed: its path does not begin as that of the \
            registry does, though it leads there"}]}
            """.strip().getBytes(StandardCharsets.UTF_8);

    private final RegistryPaths paths;

    PlainAddresses(RegistryPaths paths) {
        this.paths = paths;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (paths.areNamedBy((HttpServletRequest) request)) {
            chain.doFilter(request, response);
        } else {
            refuse((HttpServletResponse) response);
        }
    }

    /** Answers by itself: an error page of the application would go through its filters again. */
    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/json");
        response.setContentLength(REFUSAL.length);
        response.getOutputStream().write(REFUSAL);
    }
}
