package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's docker-registry, which is registry:2, as its image configures it: with descriptors of blobs in memory. */
public final class DockerRegistryPeer implements Peer {
    private final Path program;

    /** With this program. */
    public DockerRegistryPeer(Path program) {
        this.program = program;
    }

    @Override
    public String name() {
        return "docker-registry";
    }

    /** It syncs the content of each file, though not the directory that names it. */
    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Server start(Setting setting) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        String tls = setting.tls()
                .map(certificate -> """
                          tls:
                            certificate: %s
                            key: %s
                        """.formatted(certificate.certificate(), certificate.key()))
                .orElse("");
        Path configuration = setting.directory().resolve("config.yml");
        Files.writeString(configuration, """
                version: 0.1
                log:
                  accesslog:
                    disabled: true
                  level: error
                storage:
                  cache:
                    blobdescriptor: inmemory
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                %s""".formatted(setting.directory().resolve("data"), port, tls));
        return ServerProcess.start(
                List.of(program.toString(), "serve", configuration.toString()),
                Map.of("OTEL_TRACES_EXPORTER", "none"),
                setting.address(port),
                setting);
    }
}
