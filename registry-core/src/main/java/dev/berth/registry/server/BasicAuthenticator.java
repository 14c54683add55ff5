package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticates a fixed list of users by name and password, which clients send with every request (RFC 7617). For use
 * over TLS or in a trusted network only.
 *
 * <p>Passwords are not kept, only a keyed hash of each, under a random key of this object. Hashes are compared in
 * constant time, and an unknown name takes as long as a known one. Immutable.
 *
 * @since 0.1
 */
public final class BasicAuthenticator implements Authenticator {
    private static final String SCHEME = "Basic ";
    private static final String MAC = "HmacSHA256";
    private static final int LONGEST_CREDENTIALS = 4096;

    private final String challenge;
    private final boolean anonymousAllowed;
    private final SecretKeySpec key;
    private final Map<String, byte[]> passwords = new HashMap<>();
    private final byte[] nobody;

    private BasicAuthenticator(String realm, boolean anonymousAllowed, Map<String, String> users) {
        this.challenge = "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
        this.anonymousAllowed = anonymousAllowed;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
        users.forEach((name, password) -> passwords.put(name, hash(password)));
        // No password has this hash: hash() puts a marker before each.
        this.nobody = mac(new byte[0]);
    }

    /**
     * Returns an authenticator that accepts only these users.
     *
     * @param realm the name of the protected resources, which clients may show to users
     * @param users the passwords by the names of users
     * @throws IllegalArgumentException if a name is empty or has a colon or a control character, or the realm has a
     *     character that would need escaping
     */
    public static BasicAuthenticator of(String realm, Map<String, String> users) {
        return checked(realm, false, users);
    }

    /**
     * Returns an authenticator that accepts these users, and requests without credentials as anonymous.
     *
     * <p>Clients that request {@code /v2/} first, such as Docker, get no challenge and then send no credentials at all,
     * not even for a push. Public and private repositories in one registry require token authentication.
     *
     * @param realm as for {@link #of}
     * @param users as for {@link #of}
     * @throws IllegalArgumentException as for {@link #of}
     */
    public static BasicAuthenticator orAnonymous(String realm, Map<String, String> users) {
        return checked(realm, true, users);
    }

    private static BasicAuthenticator checked(String realm, boolean anonymousAllowed, Map<String, String> users) {
        Objects.requireNonNull(users, "users");
        if (!realm.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("A realm is made of printable ASCII characters without quotes");
        }
        for (String name : users.keySet()) {
            if (name.isEmpty() || name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "A user's name cannot be empty or have a colon or a control character: '" + name + "'");
            }
        }
        return new BasicAuthenticator(realm, anonymousAllowed, users);
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<String> authorization = request.header(WireHeaders.AUTHORIZATION);
        if (authorization.isEmpty()) {
            if (anonymousAllowed) {
                return Caller.anonymous();
            }
            throw refused("Authentication is required: log in with a user name and a password (docker login)");
        }
        return credentials(authorization.get())
                .flatMap(this::known)
                .orElseThrow(() -> refused("The user name or the password is wrong"));
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return List.of(challenge);
    }

    private static Optional<String> credentials(String authorization) {
        if (authorization.length() > LONGEST_CREDENTIALS
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return Optional.of(new String(decoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Caller> known(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = credentials.substring(0, colon);
        byte[] expected = passwords.getOrDefault(name, nobody);
        boolean matches = MessageDigest.isEqual(expected, hash(credentials.substring(colon + 1)));
        return matches ? Optional.of(Caller.named(name)) : Optional.empty();
    }

    private byte[] hash(String password) {
        return mac(("password " + password).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JVM lacks " + MAC, e);
        }
    }

    private RegistryException refused(String message) {
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, message))
                .challenges(List.of(challenge))
                .build();
    }

    /** Returns a text with the number of users, and nothing else about them. */
    @Override
    public String toString() {
        return "BasicAuthenticator of " + passwords.size() + " users";
    }
}
