package dev.berth.registry.scan.adapter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scanner adapter demands of its clients. Immutable. It prints no secret.
 *
 * @since 0.1
 */
public final class AdapterCredentials {
    private static final AdapterCredentials NONE = new AdapterCredentials(null, List.of());

    private final @Nullable String authorization;
    private final List<String> secrets;

    private AdapterCredentials(@Nullable String authorization, List<String> secrets) {
        this.authorization = authorization;
        this.secrets = List.copyOf(secrets);
    }

    /** Returns those for an adapter that demands nothing. */
    public static AdapterCredentials none() {
        return NONE;
    }

    /**
     * Returns a name and a password.
     *
     * @throws IllegalArgumentException if the name has a colon, or one of them a control character
     */
    public static AdapterCredentials basic(String name, String password) {
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("The name for a scanner adapter cannot have a colon");
        }
        requirePrintable(name);
        requirePrintable(password);
        String encoded = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new AdapterCredentials("Basic " + encoded, List.of(password, encoded));
    }

    /**
     * Returns a token.
     *
     * @throws IllegalArgumentException if it is empty, or has a character that is no visible one of ASCII
     */
    public static AdapterCredentials bearer(String token) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("A token for a scanner adapter has visible characters of ASCII only");
        }
        return new AdapterCredentials("Bearer " + token, List.of(token));
    }

    private static void requirePrintable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "Name and password for a scanner adapter cannot have control characters");
        }
    }

    Optional<String> authorization() {
        return Optional.ofNullable(authorization);
    }

    /** Returns what must be in no message. */
    List<String> secrets() {
        return secrets;
    }

    /** Prints what kind they are of. */
    @Override
    public String toString() {
        return authorization == null ? "none" : authorization.substring(0, authorization.indexOf(' '));
    }
}
