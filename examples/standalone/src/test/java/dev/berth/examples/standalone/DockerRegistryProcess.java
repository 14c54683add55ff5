package dev.berth.examples.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker's own registry, {@code registry:2}, over a directory. Closing it kills it. */
final class DockerRegistryProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

    private final ChildProcess process;
    private final URI address;

    private DockerRegistryProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Writes its configuration beside the directory that it stores in. */
    static Path configure(Path storage) throws IOException {
        return Files.writeString(storage.resolveSibling(storage.getFileName() + ".yml"), """
                version: 0.1
                log: {level: info}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:0"}
                """.formatted(storage));
    }

    static DockerRegistryProcess serve(Path storage) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.start(new ProcessBuilder(
                Programs.path("docker-registry"), "serve", configure(storage).toString()));
        String line = process.err().awaitLine("address", LISTENING.asPredicate(), ChildProcess.PATIENCE);
        Matcher matcher = LISTENING.matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException(line);
        }
        return new DockerRegistryProcess(process, URI.create("http://" + matcher.group(1)));
    }

    /** Runs its garbage collector over a directory that nobody serves. */
    static ChildProcess.Outcome collectGarbage(Path storage, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.path("docker-registry"), "garbage-collect"));
        command.addAll(List.of(options));
        command.add(configure(storage).toString());
        return ChildProcess.run(command).successful();
    }

    String hostAndPort() {
        return address.getAuthority();
    }

    RegistryHttp http() {
        return new RegistryHttp(address);
    }

    void stop() throws InterruptedException {
        process.terminate();
        process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
