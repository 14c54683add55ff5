package dev.berth.registry.servlet;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Makes a registry's request of a container's. Parameters are not touched: that would read the body of a form. */
final class RequestReader {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    /** What is looked up nowhere: digits and dots, or whatever has a colon. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F]*:[0-9a-zA-Z.:%]*]?");

    private RequestReader() {}

    /**
     * Returns the request.
     *
     * @param target path and query as the registry is to see them
     * @throws IllegalArgumentException if the request has something that HTTP does not allow
     */
    static RegistryRequest read(HttpServletRequest request, String target, ServletBody body, BooleanSupplier gone) {
        RegistryRequest.Builder builder = RegistryRequest.builder(request.getMethod(), target)
                .body(body, body.length())
                .protocol(request.getProtocol())
                .secure(request.isSecure())
                .abandoned(gone);
        builder.remoteAddress(() -> address(request));
        copyHeaders(request, builder);
        // Without TLS, Tomcat looks for them all the same.
        if (request.isSecure() && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] certificates) {
            builder.clientCertificates(List.of(certificates));
        }
        return builder.build();
    }

    private static void copyHeaders(HttpServletRequest request, RegistryRequest.Builder builder) {
        boolean host = false;
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (name.startsWith(":")) {
                continue;
            }
            host |= name.equalsIgnoreCase(WireHeaders.HOST);
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                builder.header(name, values.nextElement());
            }
        }
        if (!host && request.getServerName() != null) {
            // HTTP/2 has it elsewhere.
            builder.header(WireHeaders.HOST, host(request));
        }
    }

    private static String host(HttpServletRequest request) {
        int usual = request.isSecure() ? 443 : 80;
        int port = request.getServerPort();
        return port == usual || port <= 0 ? request.getServerName() : request.getServerName() + ":" + port;
    }

    /** Returns the other end of the connection, or empty if it has no address, as that of a UNIX socket. */
    private static Optional<InetSocketAddress> address(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        if (text == null || !ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new InetSocketAddress(InetAddress.getByName(text), Math.max(0, request.getRemotePort())));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
