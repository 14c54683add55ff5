package dev.berth.registry.servlet.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reverse proxy that people have, in front of a container. Also below {@code /images/}, which it takes away. */
public final class Proxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private Proxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts nginx, without TLS, which speaks HTTP/1.1 to the container; skips the test where it is not installed. */
    public static Proxy nginx(Path directory, int container) throws IOException, InterruptedException {
        Programs.require("nginx");
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
            daemon off; pid nginx.pid; error_log stderr;
            events {}
            http {
                access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                proxy_http_version 1.1;
                proxy_request_buffering off;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Proto $scheme;
                server {
                    listen 127.0.0.1:%1$d;
                    client_max_body_size 0;
                    location / {
                        proxy_pass http://127.0.0.1:%2$d;
                    }
                    location /images/ {
                        proxy_pass http://127.0.0.1:%2$d/;
                        proxy_redirect / /images/;
                    }
                }
            }
            """.formatted(port, container));
        return start(directory, port, "nginx", "-p", directory.toString(), "-c", configuration.toString());
    }

    /**
     * Starts haproxy, with TLS, which takes both versions of HTTP; skips the test where it is not installed.
     *
     * @param certificate the certificate and its key
     * @param protocol what it speaks to the container: {@code h1} or {@code h2}, without TLS
     */
    public static Proxy haproxy(Path directory, List<Path> certificate, int container, String protocol)
            throws IOException, InterruptedException {
        Programs.require("haproxy");
        int port = freePort();
        StringBuilder pem = new StringBuilder();
        for (Path part : certificate) {
            pem.append(Files.readString(part));
        }
        Path identity = Files.writeString(directory.resolve("haproxy.pem"), pem);
        Path configuration =
                Files.writeString(directory.resolve("haproxy.cfg"), """
            defaults
                mode http
                timeout connect 10s
                timeout client 60s
                timeout server 60s
            frontend registry
                bind 127.0.0.1:%1$d ssl crt %2$s alpn h2,http/1.1
                option forwardfor
                http-request set-header X-Forwarded-Proto https
                acl prefixed path_beg /images/
                http-request set-var(txn.prefixed) bool(true) if prefixed
                http-request replace-path /images(/.*) \\1 if prefixed
                http-response replace-header Location ^(/.*) /images\\1 if { var(txn.prefixed) -m bool }
                default_backend container
            backend container
                server container 127.0.0.1:%3$d proto %4$s
            """.formatted(port, identity, container, protocol));
        return start(directory, port, "haproxy", "-db", "-f", configuration.toString());
    }

    private static Proxy start(Path directory, int port, String... command) throws IOException, InterruptedException {
        Path log = directory.resolve(command[0] + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Proxy proxy = new Proxy(process, port);
        try {
            while (!listens(port)) {
                // It has no port before, and ends if it cannot have one.
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                        .as(Files.readString(log))
                        .isFalse();
            }
        } catch (AssertionError | IOException | InterruptedException e) {
            proxy.close();
            throw e;
        }
        return proxy;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
