package dev.berth.registry.servlet;

import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;

/** A container that serves one servlet on a free port of the loopback address. */
interface Container extends AutoCloseable {

    /** Starts a container. */
    @FunctionalInterface
    interface Kind {
        /** @param contextPath empty, or begins with a slash */
        Container start(String contextPath, Servlet servlet) throws Exception;
    }

    int port();

    default InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port());
    }

    @Override
    void close();
}
