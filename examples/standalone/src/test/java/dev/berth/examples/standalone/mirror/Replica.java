package dev.berth.examples.standalone.mirror;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A registry that replicates another one, as a process that is killed and started again at the same address. */
final class Replica implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final String target;
    private final String rule;
    private BerthProcess process;

    private Replica(Path directory, int port, String target, String rule) {
        this.directory = directory;
        this.port = port;
        this.target = target;
        this.rule = rule;
    }

    /** Returns two that push to each other. Neither is started. */
    static List<Replica> pair(Path directory) throws IOException {
        int one = freePort();
        int other = freePort();
        return List.of(
                new Replica(
                        Files.createDirectories(directory.resolve("one")),
                        one,
                        "http://127.0.0.1:" + other,
                        "name: to-other, conflicts: source"),
                new Replica(
                        Files.createDirectories(directory.resolve("other")),
                        other,
                        "http://127.0.0.1:" + one,
                        "name: to-one, conflicts: target"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    void start() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("berth.yml"), """
                storage: {delete: {enabled: true}}
                replication:
                  - {%s, target: "%s", deletions: true, interval: 2s}
                """.formatted(rule, target));
        process = BerthCommand.of(
                        "serve",
                        "--listen",
                        "127.0.0.1:" + port,
                        "--storage",
                        directory.resolve("data").toString(),
                        "--config",
                        config.toString())
                .with("REGISTRY_LOG_ACCESSLOG_DISABLED", "true")
                .start();
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() throws InterruptedException {
        process.kill();
        process.awaitExit();
    }

    RegistryHttp http() {
        return new RegistryHttp(URI.create("http://127.0.0.1:" + port));
    }

    String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    String log() {
        return process.log();
    }

    /** Returns the digests of all tags, by repository and tag. */
    Map<String, String> tags() throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>();
        for (String repository : http().catalog()) {
            HttpResponse<byte[]> list = http().get("/v2/" + repository + "/tags/list");
            if (list.statusCode() != 200) {
                // Deleted meanwhile.
                continue;
            }
            for (String tag : http().tags(repository)) {
                HttpResponse<byte[]> found = http().head("/v2/" + repository + "/manifests/" + tag);
                found.headers()
                        .firstValue("Docker-Content-Digest")
                        .ifPresent(digest -> all.put(repository + ":" + tag, digest));
            }
        }
        return all;
    }

    /** Returns which tags the command {@code replication status} reports, as differing or as failing. */
    List<String> reported() throws IOException, InterruptedException {
        String text = command("status", "--json").successful().out();
        List<String> reported = new ArrayList<>();
        new ObjectMapper().readTree(text).path("rules").forEach(status -> {
            status.path("differences")
                    .forEach(difference ->
                            reported.add(difference.path("repository").asText() + ":"
                                    + difference.path("tag").asText()));
            status.path("failures")
                    .forEach(failure -> reported.add(failure.path("repository").asText() + ":"
                            + failure.path("reference").asText()));
        });
        return reported;
    }

    /** Runs a command about its replication. */
    ChildProcess.Outcome command(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("replication"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--registry", hostAndPort()));
        return BerthCommand.of(all.toArray(String[]::new)).run();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
