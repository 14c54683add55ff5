package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs skopeo against a registry without TLS. */
public final class Skopeo {
    private final String hostAndPort;
    private final Path scratch;
    private final List<String> globalOptions = new ArrayList<>();

    /**
     * Creates a runner.
     *
     * @param scratch the directory for temporary files, caches and credentials
     */
    public Skopeo(String hostAndPort, Path scratch) {
        this.hostAndPort = hostAndPort;
        this.scratch = scratch;
    }

    /** Uses another file than that of this machine for what it knows of registries. */
    public Skopeo registries(Path file) {
        globalOptions.addAll(List.of("--registries-conf", file.toString()));
        return this;
    }

    /** Returns the skopeo form of a repository or image. */
    public String docker(String image) {
        return "docker://" + hostAndPort + "/" + image;
    }

    public ChildProcess.Outcome copy(String from, String to, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("copy", "--src-tls-verify=false", "--dest-tls-verify=false"));
        arguments.addAll(Arrays.asList(options));
        arguments.add(from);
        arguments.add(to);
        return run(arguments).successful();
    }

    /** Runs another command. */
    public ChildProcess.Outcome run(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command, "--tls-verify=false"));
        all.addAll(Arrays.asList(arguments));
        return run(all);
    }

    private ChildProcess.Outcome run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Programs.path("skopeo"), "--insecure-policy", "--tmpdir", scratch.toString()));
        command.addAll(globalOptions);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Its caches and credentials are private to the test.
        Path home = Files.createDirectories(scratch.resolve("home"));
        builder.environment().put("HOME", home.toString());
        builder.environment()
                .put("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
        try (ChildProcess skopeo = ChildProcess.start(builder)) {
            return skopeo.awaitExit();
        }
    }
}
