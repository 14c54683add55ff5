package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads a secret that stands in the configuration, or in a file that it names: {@code {file: /run/secrets/a}}. */
public final class SecretText {
    private static final Set<String> KEYS = Set.of("file");
    private static final int LONGEST = 4096;

    private SecretText() {}

    /** Reads a secret. No message has it. */
    public static Secret of(YamlNode node) {
        return new Secret(node.value() instanceof Map ? fromFile(node) : node.text());
    }

    private static String fromFile(YamlNode node) {
        Path file = SettingValues.file(NodeFields.of(node, KEYS).required("file"), node.path() + ".file");
        // Whatever it is: a device has no end.
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                return new String(bytes, StandardCharsets.UTF_8).strip();
            }
            throw new CommandException("The file " + file + " of " + node.path() + " is too large for a secret.");
        } catch (IOException e) {
            throw new CommandException(
                    "The file " + file + " of " + node.path() + " cannot be read: " + FailureReason.of(e) + ".");
        }
    }
}
