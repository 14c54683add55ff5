package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Terminal;
import dev.berth.registry.scan.signature.SigningKey;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options for the password of a private key. Reads keys; never prints one. */
final class KeyFile {
    /** Where cosign takes it from. */
    private static final String VARIABLE = "COSIGN_PASSWORD";

    private static final Pattern ENCRYPTED = Pattern.compile("-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----");

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file with the password of the key, in its first line.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            defaultValue = VARIABLE,
            showDefaultValue = Visibility.ALWAYS,
            description =
                    "The variable of the environment with the password of the key. Without it and --password-file,"
                            + " the password is asked for.")
    private String passwordVariable = VARIABLE;

    /** Reads a private key. */
    SigningKey read(Path file) throws IOException {
        String pem = SmallFile.readKey(file);
        char[] password = ENCRYPTED.matcher(pem).find() ? password(file) : new char[0];
        try {
            return SigningKey.parse(pem, password);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The key " + file + " cannot be used: " + e.getMessage() + ".");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private char[] password(Path file) throws IOException {
        if (passwordFile != null) {
            return SmallFile.readKey(passwordFile)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        }
        String given = System.getenv(passwordVariable);
        if (given != null) {
            return given.toCharArray();
        }
        Console console = Terminal.console()
                .orElseThrow(() -> new CommandException("The key " + file + " has a password; give it in the variable "
                        + passwordVariable + ", or with --password-file."));
        char[] typed = console.readPassword("Password of %s: ", file);
        if (typed == null) {
            throw new CommandException("No password was given; nothing was signed.");
        }
        return typed;
    }
}
