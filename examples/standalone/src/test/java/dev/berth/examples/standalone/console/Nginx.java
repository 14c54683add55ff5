package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** An nginx that has the pages of a registry below {@code /registry-ui/}, and nothing anywhere else. */
final class Nginx implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private Nginx(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one; skips the test where it is not installed.
     *
     * @param target what stands for {@code /registry-ui/} in what it asks for
     * @param scheme what it says that browsers use
     */
    static Nginx start(Path directory, String target, String scheme) throws IOException, InterruptedException {
        Programs.assumeInstalled("nginx");
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
            daemon off; pid nginx.pid; error_log stderr;
            events {}
            http {
                access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Proto %3$s;
                server {
                    listen 127.0.0.1:%1$d;
                    location /registry-ui/ { proxy_pass %2$s; }
                    location / { return 418; }
                }
            }
            """.formatted(port, target, scheme));
        ChildProcess process = ChildProcess.start(
                new ProcessBuilder(Programs.path("nginx"), "-p", directory.toString(), "-c", configuration.toString()));
        Nginx nginx = new Nginx(process, port);
        while (!listens(port)) {
            // It has no port before, and ends if it cannot have one.
            assertThat(process.isAlive()).as(process.printed()).isTrue();
            Thread.onSpinWait();
        }
        return nginx;
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

    String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
