package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Which program it is. */
public enum ImageProgram {
    DOCKER,
    CONTAINERD,
    PODMAN,
    SKOPEO,
    CRANE,
    ORAS,
    CURL;

    /** Returns whether it asks for HTTP/2 where there is TLS. */
    public boolean speaksHttp2() {
        return this == CRANE || this == ORAS || this == CURL;
    }

    /**
     * Returns the program, or skips the test where it is not installed.
     *
     * @param directory where it keeps everything
     * @param authority the certificate of the authority of registries, or empty for registries without TLS
     * @param engine starts the engine, or returns the one that runs
     */
    public ImageClient in(Path directory, Optional<Path> authority, Callable<DockerEngine> engine) throws Exception {
        Programs programs = new Programs(directory);
        return switch (this) {
            case DOCKER -> new DockerClient(programs, engine.call());
            case CONTAINERD -> {
                Programs.require("ctr");
                yield new ContainerdClient(programs, engine.call(), authority);
            }
            case PODMAN -> {
                Programs.require("podman");
                yield new PodmanClient(programs, directory, authority);
            }
            case SKOPEO -> {
                Programs.require("skopeo");
                yield new SkopeoClient(programs, directory, authority);
            }
            case CRANE -> new CraneClient(programs, Crane.build(), directory, authority);
            case ORAS -> {
                Programs.require("oras");
                yield new OrasClient(programs, authority);
            }
            case CURL -> {
                Programs.require("curl");
                yield new CurlClient(programs, directory, authority);
            }
        };
    }

    /** Returns a directory with the certificate of an authority, as programs of the containers project take it. */
    static Path certificates(Path directory, Path authority) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("certificates"));
        Files.copy(authority, folder.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }
}
