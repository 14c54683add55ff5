package dev.berth.registry.client.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A home directory with credential files and a directory of helper programs, of which a test says what they do. */
final class CredentialSandbox {
    private final Path home;
    private final Path programs;
    private final Map<String, String> environment = new HashMap<>();
    private Duration helperTimeout = Duration.ofSeconds(20);

    CredentialSandbox(Path directory) throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        programs = Files.createDirectories(directory.resolve("programs"));
        // Nothing of the machine's own must be found: not its helpers, and not its "pass".
        environment.put("PATH", programs.toString());
    }

    CredentialSandbox dockerConfig(String json) throws IOException {
        return file(home.resolve(".docker").resolve("config.json"), json);
    }

    CredentialSandbox podmanAuth(String json) throws IOException {
        return file(home.resolve(".config").resolve("containers").resolve("auth.json"), json);
    }

    CredentialSandbox file(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    CredentialSandbox variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CredentialSandbox helperTimeout(Duration timeout) {
        helperTimeout = timeout;
        return this;
    }

    /** Installs a helper: a shell script. */
    CredentialSandbox helper(String name, String script) throws IOException {
        Path program = program(name);
        Files.writeString(program, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    Path home() {
        return home;
    }

    CredentialStore docker() {
        return files().dockerStore();
    }

    CredentialStore podman() {
        return files().podmanStore();
    }

    private CredentialFiles files() {
        return new CredentialFiles(processEnvironment(), helperTimeout);
    }

    ProcessEnvironment processEnvironment() {
        return new ProcessEnvironment(environment, home, "Linux");
    }

    /** Returns where a helper is. */
    Path program(String name) {
        return programs.resolve("docker-credential-" + name);
    }
}
