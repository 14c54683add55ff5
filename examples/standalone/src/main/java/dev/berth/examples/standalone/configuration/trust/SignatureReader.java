package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code signatures}, with the keys and policies that it names. */
final class SignatureReader {
    /** What rules of a gate call the policies of Notation. */
    static final String NOTATION = "notation";

    private static final Set<String> KEYS = Set.of("keys", "notation", "host");
    private static final Set<String> KEY = Set.of("name", "file", "from", "until", "withdrawn");
    private static final long LARGEST = 1 << 20;

    private SignatureReader() {}

    static SignatureSettings read(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEYS);
        List<TrustedKey> keys = new ArrayList<>();
        fields.find("keys").ifPresent(list -> list.elements().forEach(element -> keys.add(key(element))));
        Checked.value(fields.path("keys"), () -> TrustedKeys.of(keys));
        Optional<NotationTrust> notation = fields.find("notation").map(SignatureReader::notation);
        return new SignatureSettings(List.copyOf(keys), notation, fields.text("host"));
    }

    private static TrustedKey key(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEY);
        String name = fields.required("name");
        if (name.equals(NOTATION)) {
            throw new CommandException("The setting " + fields.path("name")
                    + " cannot be 'notation': rules of the gate call the policies so; give the key another name.");
        }
        Path file = SettingValues.file(fields.required("file"), fields.path("file"));
        String pem;
        try {
            if (Files.size(file) > LARGEST) {
                throw new CommandException(
                        "The file " + file + " of " + fields.path("file") + " is too large for a key.");
            }
            pem = Files.readString(file);
        } catch (IOException e) {
            throw new CommandException(
                    "The key of " + fields.path("file") + " cannot be read: " + FailureReason.of(e) + ".");
        }
        return Checked.value(fields.path("file"), () -> {
            TrustedKey key = TrustedKey.parse(name, pem);
            key = fields.find("from")
                    .map(SignatureReader::time)
                    .map(key::validFrom)
                    .orElse(key);
            key = fields.find("until")
                    .map(SignatureReader::time)
                    .map(key::validUntil)
                    .orElse(key);
            return fields.flag("withdrawn") ? key.withdrawn() : key;
        });
    }

    private static Instant time(YamlNode node) {
        String text = node.text();
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandException("'" + text + "' is no time for " + node.path()
                    + "; write a day such as 2027-01-31, or 2027-01-31T12:00:00Z.");
        }
    }

    private static NotationTrust notation(YamlNode node) {
        Path directory = SettingValues.file(node.text(), node.path());
        return Checked.value(node.path(), () -> {
            try {
                return NotationTrust.load(directory);
            } catch (IOException e) {
                throw new CommandException(
                        "The policies of " + node.path() + " cannot be read: " + FailureReason.of(e) + ".");
            }
        });
    }
}
