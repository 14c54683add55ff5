package dev.berth.registry.server.http1;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Secures sockets with TLS. Thread-safe. */
@FunctionalInterface
public interface SocketSecurity {

    /** Returns a socket that speaks TLS over an accepted one. The handshake is still to come. */
    SSLSocket secure(Socket socket) throws IOException;
}
