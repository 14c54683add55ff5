package dev.berth.registry.client.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a credential file: entries, and the names of credential helpers. Its exceptions have no cause, since the
 * message of a JSON parser may repeat a secret.
 */
final class AuthFile {
    private static final int LARGEST = 4 * 1024 * 1024;

    private final String name;
    private final ObjectNode content;
    private final EntryKeys keys;

    private AuthFile(String name, ObjectNode content, EntryKeys keys) {
        this.name = name;
        this.content = content;
        this.keys = keys;
    }

    /** Reads a file. A missing one counts as empty. */
    static AuthFile read(Path file, EntryKeys keys) {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new AuthFile(file.toString(), JsonNodeFactory.instance.objectNode(), keys);
        } catch (IOException e) {
            throw unusable("The credential file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
        if (bytes.length > LARGEST) {
            throw unusable("The credential file " + file + " is too large for a credential file");
        }
        return parse("the credential file " + file, bytes, keys);
    }

    /**
     * Reads the text of a file.
     *
     * @param name what messages call it
     */
    static AuthFile parse(String name, byte[] bytes, EntryKeys keys) {
        JsonNode tree;
        try {
            tree = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : StrictJson.parseLastNameWins(bytes);
        } catch (MalformedJsonException e) {
            throw unusable("The content of " + name + " is not JSON");
        }
        if (!(tree instanceof ObjectNode object)) {
            throw unusable("The content of " + name + " is not a JSON object");
        }
        return new AuthFile(name, object, keys);
    }

    /** Returns whether the file says anything about credentials. */
    boolean hasCredentials() {
        return !section("auths").isEmpty()
                || !section("credHelpers").isEmpty()
                || !credentialsStore().isEmpty();
    }

    /** Returns the name of the helper program for a registry, without its prefix; empty if it has none. */
    String helper(String registry) {
        JsonNode own = section("credHelpers").get(keys.registryKey(registry));
        // A registry whose helper is named "" has none, not even the one for all.
        if (own == null) {
            return credentialsStore();
        }
        if (!own.isTextual()) {
            throw unusable("The helper for " + keys.registryKey(registry) + " in " + name + " is not a string");
        }
        return own.textValue();
    }

    private String credentialsStore() {
        try {
            return AuthEntry.text(content, "credsStore");
        } catch (InvalidEntryException e) {
            throw unusable("The file has no usable \"credsStore\": " + name);
        }
    }

    /** Returns the credentials of the entry that belongs to a registry, or to a part of it. */
    Optional<Credentials> entry(String registry, Optional<RepositoryName> repository) {
        ObjectNode auths = section("auths");
        for (String key : keys.exactKeys(registry, repository)) {
            if (auths.has(key)) {
                return entry(key, auths.get(key));
            }
        }
        for (Map.Entry<String, JsonNode> field : auths.properties()) {
            if (keys.matches(field.getKey(), registry)) {
                return entry(field.getKey(), field.getValue());
            }
        }
        return Optional.empty();
    }

    /** Returns the credentials of the entry under the one key that a registry has, and of no other. */
    Optional<Credentials> exactEntry(String registry) {
        JsonNode entry = section("auths").get(keys.registryKey(registry));
        return entry == null ? Optional.empty() : entry(keys.registryKey(registry), entry);
    }

    private Optional<Credentials> entry(String key, JsonNode value) {
        try {
            if (value.isNull()) {
                return Optional.empty();
            }
            if (!(value instanceof ObjectNode object)) {
                throw new InvalidEntryException("it is not an object");
            }
            return AuthEntry.read(object);
        } catch (InvalidEntryException e) {
            throw unusable("The entry \"" + JsonObject.printable(key) + "\" of " + name + " cannot be used: "
                    + e.problem() + "; log in again, or remove it");
        }
    }

    private ObjectNode section(String section) {
        JsonNode value = content.get(section);
        if (value == null || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(value instanceof ObjectNode object)) {
            throw unusable("\"" + section + "\" is not an object in " + name);
        }
        return object;
    }

    /** Returns the name by which a helper program knows a registry. */
    String registryKey(String registry) {
        return keys.registryKey(registry);
    }

    /** Returns what messages call the file. */
    String name() {
        return name;
    }

    static RegistryException unusable(String message) {
        // Another program cannot log in there. The clients of this one are not asked to.
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, message))
                .remote()
                .build();
    }
}
