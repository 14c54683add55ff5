package dev.berth.registry.client.credentials;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the process's environment that decides where credentials are.
 *
 * @param variables the environment variables
 * @param home the user's home directory
 * @param system the name of the operating system, as {@code os.name} has it
 */
record ProcessEnvironment(Map<String, String> variables, Path home, String system) {

    static ProcessEnvironment ofThisProcess() {
        return new ProcessEnvironment(
                System.getenv(), Path.of(System.getProperty("user.home", "")), System.getProperty("os.name", ""));
    }

    /** Returns a variable; empty if it is not set, or set to the empty string. */
    Optional<String> variable(String name) {
        @Nullable String value = variables.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    boolean isWindows() {
        return system.toLowerCase(Locale.ROOT).contains("windows");
    }

    boolean isMac() {
        return system.toLowerCase(Locale.ROOT).contains("mac");
    }

    /** Finds a program as a shell would. */
    Optional<Path> program(String name) {
        String separator = isWindows() ? ";" : ":";
        for (String directory : variable("PATH").orElse("").split(separator, -1)) {
            if (directory.isEmpty()) {
                continue;
            }
            for (String suffix : isWindows() ? new String[] {".exe", ".cmd", ".bat"} : new String[] {""}) {
                Path candidate = Path.of(directory, name + suffix);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the file in which the docker command line keeps its settings. */
    Path dockerConfig() {
        return variable("DOCKER_CONFIG")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".docker"))
                .resolve("config.json");
    }
}
