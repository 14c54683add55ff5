package dev.berth.registry.scan.signature;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs cosign without a network but that of the registry. */
public final class Cosign {
    public static final String PASSWORD = "correct horse";

    private final Programs programs;
    private final Path directory;

    /** @param directory where its keys are */
    public Cosign(Path directory) {
        this.programs = new Programs(directory);
        this.directory = directory;
    }

    /** Runs a command that must succeed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        return programs.run(command(arguments));
    }

    /** Runs a command that must fail. */
    String fails(String... arguments) throws IOException, InterruptedException {
        List<String> negated = new ArrayList<>(List.of("sh", "-c", "! \"$@\"", "sh"));
        negated.addAll(command(arguments));
        return programs.run(negated);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "COSIGN_PASSWORD=" + PASSWORD,
                "COSIGN_EXPERIMENTAL=1",
                "HOME=" + directory,
                "cosign",
                arguments[0]));
        switch (arguments[0]) {
            case "sign", "attest" -> command.addAll(List.of("--tlog-upload=false", "--yes", "--allow-http-registry"));
            case "verify", "verify-attestation" ->
                command.addAll(List.of("--insecure-ignore-tlog", "--allow-http-registry"));
            default -> {}
        }
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return command;
    }
}
