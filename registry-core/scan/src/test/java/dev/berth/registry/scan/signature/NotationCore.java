package dev.berth.registry.scan.signature;

import dev.berth.registry.fixtures.GoProgram;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A program that signs and verifies by the library of the Notary Project, as Debian has it. */
final class NotationCore {
    private final Path directory;
    private final Programs programs;

    private NotationCore(Path directory) {
        this.directory = directory;
        this.programs = new Programs(directory);
    }

    /** Builds the program, or skips the test where that is not possible. */
    static NotationCore build(Path directory) throws IOException, InterruptedException {
        GoProgram.requireLibrary(
                "github.com/notaryproject/notation-core-go", "golang-github-notaryproject-notation-core-go-dev");
        Path source = directory.resolve("main.go");
        try (InputStream text = Objects.requireNonNull(NotationCore.class.getResourceAsStream("notation/main.go"))) {
            Files.copy(text, source);
        }
        GoProgram.build(source.toString(), directory.resolve("notation"));
        return new NotationCore(directory);
    }

    /** Signs a payload, and returns the envelope. */
    byte[] sign(TestCertificate leaf, String chain, String payload) throws IOException, InterruptedException {
        programs.run(
                directory.resolve("notation").toString(),
                "sign",
                file("key.pem", leaf.keyPem()),
                file("chain.pem", chain),
                file("payload.json", payload),
                "signed.json");
        return Files.readAllBytes(directory.resolve("signed.json"));
    }

    /** Verifies an envelope, and returns the type and the content of the payload. */
    String verify(byte[] envelope, TestCertificate trusted) throws IOException, InterruptedException {
        return programs.run(verification(envelope, trusted));
    }

    /** Verifies an envelope that must be refused, and returns why it is. */
    String refuses(byte[] envelope, TestCertificate trusted) throws IOException, InterruptedException {
        List<String> negated = new ArrayList<>(List.of("sh", "-c", "! \"$@\"", "sh"));
        negated.addAll(verification(envelope, trusted));
        return programs.run(negated);
    }

    private List<String> verification(byte[] envelope, TestCertificate trusted) throws IOException {
        Files.write(directory.resolve("envelope.json"), envelope);
        return List.of(
                directory.resolve("notation").toString(),
                "verify",
                "envelope.json",
                file("trusted.pem", trusted.pem()));
    }

    private String file(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return name;
    }
}
