package dev.berth.registry.client.credentials;

import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Credentials from the files that {@code docker login} and {@code podman login} write, and from the credential helpers
 * that these files name. The result is what the command lines of Docker and podman would use, or an exception that names
 * the entry.
 *
 * <p>The files are read at every lookup: a new login takes effect at once. Entries that are not needed may be malformed.
 *
 * <p>A credential helper is run at every lookup. Its timeout is {@value #HELPER_SECONDS} seconds, after which it is
 * stopped.
 *
 * @since 0.1
 */
public final class CredentialFiles {
    private static final int HELPER_SECONDS = 30;
    private static final String DOCKER_VARIABLE = "DOCKER_AUTH_CONFIG";
    private static final String PODMAN_VARIABLE = "REGISTRY_AUTH_FILE";

    private final ProcessEnvironment environment;
    private final Duration helperTimeout;

    CredentialFiles(ProcessEnvironment environment, Duration helperTimeout) {
        this.environment = environment;
        this.helperTimeout = helperTimeout;
    }

    private static CredentialFiles ofThisProcess() {
        return new CredentialFiles(ProcessEnvironment.ofThisProcess(), Duration.ofSeconds(HELPER_SECONDS));
    }

    /** Returns the credentials of Docker, and those of podman for registries that Docker has none for. */
    public static CredentialStore standard() {
        return CredentialStore.firstOf(docker(), podman());
    }

    /**
     * Returns what the docker command line would use: the environment variable {@code DOCKER_AUTH_CONFIG}, then
     * {@code config.json} in the directory that the variable {@code DOCKER_CONFIG} names, or in {@code .docker} of the
     * home directory.
     */
    public static CredentialStore docker() {
        return ofThisProcess().dockerStore();
    }

    /** Returns the credentials of a file in the format of Docker's {@code config.json}. It need not exist. */
    public static CredentialStore docker(Path file) {
        return ofThisProcess().dockerFile(Objects.requireNonNull(file, "file"));
    }

    /**
     * Returns what podman, skopeo and buildah would use: the file that the variable {@code REGISTRY_AUTH_FILE} names,
     * or {@code containers/auth.json} in the run-time and in the configuration directory of the user, then Docker's
     * file.
     */
    public static CredentialStore podman() {
        return ofThisProcess().podmanStore();
    }

    /** Returns the credentials of a file in the format of podman's {@code auth.json}. It need not exist. */
    public static CredentialStore podman(Path file) {
        return ofThisProcess().podmanFile(Objects.requireNonNull(file, "file"));
    }

    CredentialStore dockerStore() {
        CredentialStore file = this::fromDockerConfig;
        return CredentialStore.firstOf(this::fromDockerVariable, file);
    }

    CredentialStore podmanStore() {
        return (registry, repository) -> CredentialStore.firstOf(
                        podmanFiles().stream().map(this::podmanFile).toArray(CredentialStore[]::new))
                .find(registry, repository);
    }

    CredentialStore dockerFile(Path file) {
        return (registry, repository) -> find(AuthFile.read(file, EntryKeys.DOCKER), registry, repository);
    }

    CredentialStore podmanFile(Path file) {
        return (registry, repository) -> find(AuthFile.read(file, EntryKeys.PODMAN), registry, repository);
    }

    private Optional<Credentials> fromDockerVariable(String registry, Optional<RepositoryName> repository) {
        return environment
                .variable(DOCKER_VARIABLE)
                .map(text -> AuthFile.parse(
                        "the variable " + DOCKER_VARIABLE, text.getBytes(StandardCharsets.UTF_8), EntryKeys.DOCKER))
                .flatMap(content -> content.exactEntry(registry));
    }

    private Optional<Credentials> fromDockerConfig(String registry, Optional<RepositoryName> repository) {
        AuthFile file = AuthFile.read(environment.dockerConfig(), EntryKeys.DOCKER);
        if (file.hasCredentials()) {
            return find(file, registry, repository);
        }
        Optional<CredentialHelper> ofSystem = helperOfSystem();
        return ofSystem.isPresent() ? ask(ofSystem.get(), file, registry) : Optional.empty();
    }

    private Optional<Credentials> find(AuthFile file, String registry, Optional<RepositoryName> repository) {
        String helper = file.helper(registry);
        if (helper.isEmpty()) {
            return file.entry(registry, repository);
        }
        Optional<Credentials> kept = ask(CredentialHelper.named(helper, environment, helperTimeout), file, registry);
        // Beside a helper, only the token of an entry counts: a password there is outdated.
        Optional<String> registryToken = file.entry(registry, repository).flatMap(Credentials::registryToken);
        if (registryToken.isEmpty()) {
            return kept;
        }
        return Optional.of(kept.orElseGet(Credentials::none).withRegistryToken(registryToken.get()));
    }

    private static Optional<Credentials> ask(CredentialHelper helper, AuthFile file, String registry) {
        try {
            return helper.get(file.registryKey(registry));
        } catch (InvalidEntryException e) {
            throw AuthFile.unusable("The credentials of " + registry + " could not be read from " + helper.name()
                    + ", which " + file.name() + " names: " + e.problem());
        }
    }

    /** Without settings, Docker uses the key store of the operating system, if its helper is installed. */
    private Optional<CredentialHelper> helperOfSystem() {
        String suffix = "secretservice";
        if (environment.isMac()) {
            suffix = "osxkeychain";
        } else if (environment.isWindows()) {
            suffix = "wincred";
        } else if (environment.program("pass").isPresent()) {
            suffix = "pass";
        }
        return environment.program(CredentialHelper.PREFIX + suffix).isPresent()
                ? Optional.of(CredentialHelper.named(suffix, environment, helperTimeout))
                : Optional.empty();
    }

    private List<Path> podmanFiles() {
        Optional<String> named = environment.variable(PODMAN_VARIABLE);
        if (named.isPresent()) {
            if (!Files.exists(Path.of(named.get()))) {
                throw AuthFile.unusable(
                        "The variable " + PODMAN_VARIABLE + " names a file that does not exist: " + named.get());
            }
            return List.of(Path.of(named.get()));
        }
        List<Path> files = new ArrayList<>();
        environment
                .variable("XDG_RUNTIME_DIR")
                .map(directory -> Path.of(directory, "containers"))
                .or(CredentialFiles::runDirectory)
                .ifPresent(directory -> files.add(directory.resolve("auth.json")));
        files.add(environment
                .variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> environment.home().resolve(".config"))
                .resolve("containers")
                .resolve("auth.json"));
        files.add(environment.dockerConfig());
        return files;
    }

    private static Optional<Path> runDirectory() {
        try {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Optional.of(Path.of("/run/containers", String.valueOf(user)));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not Linux: there is no such place.
            return Optional.empty();
        }
    }
}
