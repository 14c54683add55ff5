package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker's own registry, {@code registry:2}. Closing it kills it. */
public final class DockerRegistryProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

    private final ChildProcess process;
    private final URI address;

    private DockerRegistryProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Writes its configuration into a directory. */
    private static Path configure(SharedStorage storage, Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("docker-registry.yml"), """
                version: 0.1
                log: {level: info}
                storage:
                  delete: {enabled: true}
                  redirect: {disable: true}
                  %s
                http: {addr: "127.0.0.1:0"}
                """.formatted(storage.dockerRegistryDriver()));
    }

    /**
     * Starts a registry that is a proxy of another one.
     *
     * @param upstream host and port of the other one
     * @param directory the directory for its configuration file
     */
    public static DockerRegistryProcess proxy(Path data, String upstream, Path directory)
            throws IOException, InterruptedException {
        Path config = configure(new SharedDirectory(data), directory);
        Files.writeString(config, Files.readString(config) + "proxy: {remoteurl: \"http://" + upstream + "\"}\n");
        return serving(config);
    }

    private static ChildProcess launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        return ChildProcess.start(builder);
    }

    /** Starts a registry whose storage and configuration are in a directory. */
    public static DockerRegistryProcess serve(Path directory) throws IOException, InterruptedException {
        return serve(new SharedDirectory(directory.resolve("data")), directory);
    }

    /**
     * Starts a registry over a storage.
     *
     * @param directory the directory for its configuration file
     */
    public static DockerRegistryProcess serve(SharedStorage storage, Path directory)
            throws IOException, InterruptedException {
        return serving(configure(storage, directory));
    }

    private static DockerRegistryProcess serving(Path configuration) throws IOException, InterruptedException {
        ChildProcess process = launch(List.of(Programs.path("docker-registry"), "serve", configuration.toString()));
        String line = process.err().awaitLine("address", LISTENING.asPredicate(), ChildProcess.TIMEOUT);
        Matcher matcher = LISTENING.matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException(line);
        }
        return new DockerRegistryProcess(process, URI.create("http://" + matcher.group(1)));
    }

    /** Runs its garbage collector over a storage that is not in use. */
    public static ChildProcess.Outcome collectGarbage(SharedStorage storage, Path directory, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.path("docker-registry"), "garbage-collect"));
        command.addAll(List.of(options));
        command.add(configure(storage, directory).toString());
        try (ChildProcess collector = launch(command)) {
            return collector.awaitExit().successful();
        }
    }

    public String hostAndPort() {
        return address.getAuthority();
    }

    public RegistryHttp http() {
        return new RegistryHttp(address);
    }

    public void stop() throws InterruptedException {
        process.terminate();
        process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
