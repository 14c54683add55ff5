package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with static files in place of a registry's answers: what the machine gives. */
public final class NginxPeer implements Peer {
    private final Path program;

    /** With this program. */
    public NginxPeer(Path program) {
        this.program = program;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean takesPushes() {
        return false;
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public Server start(Setting setting) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Path directory = setting.directory();
        Files.createDirectories(directory.resolve("v2"));
        Path configuration = directory.resolveSibling(directory.getFileName() + ".conf");
        Files.writeString(configuration, configuration(directory, port, setting));
        return ServerProcess.start(
                List.of(program.toString(), "-c", configuration.toString()), Map.of(), setting.address(port), setting);
    }

    /** The fastest that it can be: files stay open, connections too. */
    private static String configuration(Path directory, int port, Setting setting) {
        String root = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        String tls = setting.tls()
                .map(certificate -> "ssl_certificate %s; ssl_certificate_key %s; ssl_protocols TLSv1.2 TLSv1.3;"
                        .formatted(certificate.certificate(), certificate.key()))
                .orElse("");
        return root + """
                worker_processes auto;
                daemon off;
                pid %1$s.pid;
                error_log stderr warn;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    keepalive_timeout 600;
                    open_file_cache max=1000 inactive=600s;
                    client_body_temp_path %1$s.temp;
                    proxy_temp_path %1$s.temp;
                    fastcgi_temp_path %1$s.temp;
                    uwsgi_temp_path %1$s.temp;
                    scgi_temp_path %1$s.temp;
                    default_type application/octet-stream;
                    server {
                        listen 127.0.0.1:%2$d%3$s;
                        %4$s
                        root %1$s;
                        location ~ /manifests/ { default_type application/vnd.oci.image.manifest.v1+json; }
                    }
                }
                """.formatted(directory, port, setting.tls().isPresent() ? " ssl" : "", tls);
    }
}
