package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program that signs and verifies by the library of the Notary Project, as Debian has it. */
final class NotationCore {
    /** Where Debian has the sources of libraries for Go. */
    private static final String LIBRARIES = "/usr/share/gocode";

    private final Path directory;
    private final Programs programs;

    private NotationCore(Path directory) {
        this.directory = directory;
        this.programs = new Programs(directory);
    }

    /** Builds the program, or skips the test where that is not possible. */
    static NotationCore build(Path directory) throws IOException, InterruptedException {
        Programs.require("go");
        assumeTrue(
                Files.isDirectory(Path.of(LIBRARIES, "src/github.com/notaryproject/notation-core-go")),
                "golang-github-notaryproject-notation-core-go-dev is not installed");
        try (InputStream source = Objects.requireNonNull(NotationCore.class.getResourceAsStream("notation/main.go"))) {
            Files.copy(source, directory.resolve("main.go"));
        }
        Path output = directory.resolve("build.txt");
        ProcessBuilder builder = new ProcessBuilder("go", "build", "-o", "notation", "main.go")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", LIBRARIES);
        Process process = builder.start();
        try {
            // The first build compiles the libraries as well.
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as("the build ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
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
