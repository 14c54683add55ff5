package dev.berth.registry.client.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** An entry of {@code auths}, in any of its forms. */
final class AuthEntry {
    private AuthEntry() {}

    /**
     * Reads an entry.
     *
     * @return the credentials, or empty if it has none: Docker and podman write empty entries beside a credential helper
     * @throws InvalidEntryException if it has some that cannot be read
     */
    static Optional<Credentials> read(ObjectNode entry) throws InvalidEntryException {
        Credentials credentials = Credentials.none()
                .withLogin(text(entry, "username"), text(entry, "password"))
                .withIdentityToken(text(entry, "identitytoken"))
                .withRegistryToken(text(entry, "registrytoken"));
        String auth = text(entry, "auth");
        if (!auth.isEmpty()) {
            String decoded = decode(auth);
            int colon = decoded.indexOf(':');
            if (colon <= 0) {
                throw new InvalidEntryException("its \"auth\" is not the base64 form of user:password");
            }
            credentials =
                    credentials.withLogin(decoded.substring(0, colon), withoutNulls(decoded.substring(colon + 1)));
        }
        return Optional.of(credentials).filter(Credentials::isUsable);
    }

    private static String decode(String auth) throws InvalidEntryException {
        // As in Go's decoder, line ends are ignored and padding is required.
        String base64 = auth.replace("\n", "").replace("\r", "");
        if (base64.length() % 4 != 0) {
            throw new InvalidEntryException("its \"auth\" is not base64 with padding");
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidEntryException("its \"auth\" is not base64");
        }
    }

    /** Old versions of Docker padded passwords. */
    private static String withoutNulls(String password) {
        int begin = 0;
        int end = password.length();
        while (begin < end && password.charAt(begin) == 0) {
            begin++;
        }
        while (end > begin && password.charAt(end - 1) == 0) {
            end--;
        }
        return password.substring(begin, end);
    }

    /** Returns a field. As in Go's JSON decoder, the case of the name does not matter. */
    static String text(ObjectNode object, String name) throws InvalidEntryException {
        JsonNode value = object.get(name);
        if (value == null) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equalsIgnoreCase(name)) {
                    value = field.getValue();
                }
            }
        }
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new InvalidEntryException("its \"" + name + "\" is not a string");
        }
        return value.textValue();
    }
}
