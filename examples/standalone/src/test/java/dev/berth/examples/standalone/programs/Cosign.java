package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs cosign in a directory that has its keys, without a network but that of the registry. */
public final class Cosign {
    public static final String PASSWORD = "correct horse";

    private final Path directory;

    private Cosign(Path directory) {
        this.directory = directory;
    }

    /** Skips the test if cosign is not installed. */
    public static Cosign in(Path directory) {
        Programs.assumeInstalled("cosign");
        return new Cosign(directory);
    }

    /** Makes {@code cosign.key} and {@code cosign.pub}. */
    public Cosign withKeys() throws IOException, InterruptedException {
        run("generate-key-pair").successful();
        return this;
    }

    public String privateKey() {
        return directory.resolve("cosign.key").toString();
    }

    public String publicKey() {
        return directory.resolve("cosign.pub").toString();
    }

    /** Signs a manifest, which is named by its digest. */
    public ChildProcess.Outcome sign(String image, String... options) throws IOException, InterruptedException {
        return run(
                List.of("sign", "--key", "cosign.key", "--tlog-upload=false", "--allow-http-registry", "--yes"),
                image,
                options);
    }

    public ChildProcess.Outcome attest(String image, String... options) throws IOException, InterruptedException {
        return run(
                List.of("attest", "--key", "cosign.key", "--tlog-upload=false", "--allow-http-registry", "--yes"),
                image,
                options);
    }

    public ChildProcess.Outcome verify(String image, String... options) throws IOException, InterruptedException {
        return run(
                List.of("verify", "--key", "cosign.pub", "--insecure-ignore-tlog", "--allow-http-registry"),
                image,
                options);
    }

    public ChildProcess.Outcome verifyAttestation(String image, String... options)
            throws IOException, InterruptedException {
        return run(
                List.of("verify-attestation", "--key", "cosign.pub", "--insecure-ignore-tlog", "--allow-http-registry"),
                image,
                options);
    }

    private ChildProcess.Outcome run(List<String> command, String image, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(options));
        arguments.add(image);
        return run(arguments.toArray(new String[0]));
    }

    private ChildProcess.Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.path("cosign")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("COSIGN_PASSWORD", PASSWORD);
        builder.environment().put("COSIGN_EXPERIMENTAL", "1");
        builder.environment().put("HOME", directory.toString());
        try (ChildProcess cosign = ChildProcess.start(builder)) {
            return cosign.awaitExit();
        }
    }
}
