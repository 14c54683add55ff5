package dev.berth.registry.server.basic;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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
 * <p>Every request needs credentials, also {@code GET /v2/}, which clients send first: one that is not challenged there
 * never sends any, and takes a login with a wrong password for a success. So public and private repositories in one
 * registry require token authentication.
 *
 * @since 0.1
 */
public final class BasicAuthenticator implements Authenticator {
    private static final String MAC = "HmacSHA256";

    private final String challenge;
    private final SecretKeySpec key;
    private final Map<String, byte[]> passwords = new HashMap<>();
    private final byte[] nobody;

    private BasicAuthenticator(String realm, Map<String, String> users) {
        this.challenge = BasicCredentials.challenge(realm);
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
        Objects.requireNonNull(users, "users");
        for (String name : users.keySet()) {
            if (name.isEmpty() || name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "A user's name cannot be empty or have a colon or a control character: '" + name + "'");
            }
        }
        return new BasicAuthenticator(realm, users);
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        try {
            BasicCredentials credentials = BasicCredentials.of(request)
                    .orElseThrow(() -> refused(
                            "Authentication is required: log in with a user name and a password (docker login)"));
            return known(credentials).orElseThrow(() -> refused("The user name or the password is wrong"));
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.UNAUTHORIZED
                    ? RegistryException.builder(e.errors())
                            .challenges(List.of(challenge))
                            .build()
                    : e;
        }
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return List.of(challenge);
    }

    private Optional<Caller> known(BasicCredentials credentials) {
        byte[] expected = passwords.getOrDefault(credentials.name(), nobody);
        boolean matches = MessageDigest.isEqual(expected, hash(credentials.password()));
        return matches ? Optional.of(Caller.named(credentials.name())) : Optional.empty();
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

    private static RegistryException refused(String message) {
        return RegistryException.of(ErrorCode.UNAUTHORIZED, message);
    }

    /** Returns a text with the number of users, and nothing else about them. */
    @Override
    public String toString() {
        return "BasicAuthenticator of " + passwords.size() + " users";
    }
}
