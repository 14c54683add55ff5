package dev.berth.registry.client.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A credential helper: a program {@code docker-credential-NAME}. Its output may be secret even if it is malformed, so no
 * message repeats it.
 */
final class CredentialHelper {
    static final String PREFIX = "docker-credential-";
    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int POLL_MILLIS = 10;
    private static final String NOT_FOUND = "credentials not found in native keychain";
    private static final String TOKEN_USER = "<token>";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String command;
    private final ProcessEnvironment environment;
    private final Duration timeout;

    private CredentialHelper(String command, ProcessEnvironment environment, Duration timeout) {
        this.command = command;
        this.environment = environment;
        this.timeout = timeout;
    }

    /**
     * Returns a program {@code docker-credential-NAME} that a file names.
     *
     * @param suffix the end of its name, whatever that is: one that would leave the PATH is refused when it is asked
     */
    static CredentialHelper named(String suffix, ProcessEnvironment environment, Duration timeout) {
        return new CredentialHelper(PREFIX + suffix, environment, timeout);
    }

    /**
     * Returns a program that an operator names.
     *
     * @param command its path, or its name if it is on the PATH
     */
    static CredentialHelper at(String command, ProcessEnvironment environment, Duration timeout) {
        return new CredentialHelper(command, environment, timeout);
    }

    String name() {
        return command;
    }

    /**
     * Gets the credentials for a registry.
     *
     * @param registry the name under which the program has it
     * @return the credentials, or empty if it has none
     * @throws InvalidEntryException if it cannot be run, fails, hangs or prints something else
     */
    Optional<Credentials> get(String registry) throws InvalidEntryException {
        Result result = run(program(), registry);
        String output = result.output.strip();
        if (result.exitCode == 0) {
            return parse(output);
        }
        if (output.equals(NOT_FOUND)) {
            return Optional.empty();
        }
        throw new InvalidEntryException(name() + " failed with exit code " + result.exitCode + ": run 'echo " + registry
                + " | " + name() + " get' to see why");
    }

    private Path program() throws InvalidEntryException {
        boolean path = command.indexOf('/') >= 0 || command.indexOf('\\') >= 0;
        if (path && command.startsWith(PREFIX)) {
            throw new InvalidEntryException("a helper's name has no slashes");
        }
        if (!path) {
            return environment
                    .program(command)
                    .orElseThrow(() -> new InvalidEntryException(
                            "there is no program " + command + " on the PATH: install it there"));
        }
        try {
            return Path.of(command);
        } catch (InvalidPathException e) {
            throw new InvalidEntryException("its name cannot be that of a program");
        }
    }

    private static Optional<Credentials> parse(String output) throws InvalidEntryException {
        JsonNode tree;
        try {
            // As in the docker command line, anything after the object is ignored.
            tree = MAPPER.reader().readTree(output);
        } catch (JsonProcessingException e) {
            throw new InvalidEntryException("what it prints is not JSON");
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new InvalidEntryException("what it prints is not a JSON object");
        }
        try {
            String username = AuthEntry.text(object, "Username");
            String secret = AuthEntry.text(object, "Secret");
            Credentials credentials = username.equals(TOKEN_USER)
                    ? Credentials.ofIdentityToken(secret)
                    : Credentials.of(username, secret);
            return Optional.of(credentials).filter(Credentials::isUsable);
        } catch (InvalidEntryException e) {
            throw new InvalidEntryException("what it prints cannot be used: " + e.problem());
        }
    }

    /** Not a record, whose toString would print the output. */
    private static final class Result {
        final int exitCode;
        final String output;

        Result(int exitCode, String output) {
            this.exitCode = exitCode;
            this.output = output;
        }
    }

    private Result run(Path program, String registry) throws InvalidEntryException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "get");
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        // Nobody reads its errors, so they must not fill a pipe.
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new InvalidEntryException("the program " + program + " cannot be run");
        }
        try {
            tell(process, registry);
            return waitFor(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidEntryException("waiting for " + name() + " was interrupted");
        } catch (IOException e) {
            throw new InvalidEntryException("what " + name() + " prints cannot be read");
        } finally {
            // A helper that is a script may have left a program behind that holds its output open.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void tell(Process process, String registry) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(registry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not read its input; its exit code tells.
        }
    }

    /** Reads only what is there, so that no read can outlast the time-out, whoever holds the pipe open. */
    private Result waitFor(Process process) throws IOException, InterruptedException, InvalidEntryException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        InputStream stdout = process.getInputStream();
        long begin = System.nanoTime();
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            for (int available = stdout.available(); available > 0; available = stdout.available()) {
                output.write(stdout.readNBytes(Math.min(available, MOST_OUTPUT)));
                if (output.size() > MOST_OUTPUT) {
                    throw new InvalidEntryException(name() + " prints too much for credentials");
                }
            }
            if (!ended && System.nanoTime() - begin > timeout.toNanos()) {
                throw new InvalidEntryException(
                        name() + " did not end within " + timeout.toSeconds() + " seconds, and was stopped");
            }
        }
        return new Result(process.exitValue(), output.toString(StandardCharsets.UTF_8));
    }
}
