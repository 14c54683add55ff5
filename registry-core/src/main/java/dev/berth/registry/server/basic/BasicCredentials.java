package dev.berth.registry.server.basic;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A name and a password from the {@code Authorization} of a request (RFC 7617).
 *
 * @param name the name
 * @param password the password
 * @since 0.1
 */
public record BasicCredentials(String name, String password) {
    private static final String SCHEME = "Basic ";

    /** Long enough for a token of an identity provider as the password. */
    private static final int LONGEST = 24 * 1024;

    /** Checks that nothing is null. */
    public BasicCredentials {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(password, "password");
    }

    /**
     * Returns the only {@code Authorization} of a request, of whatever scheme.
     *
     * @throws RegistryException with {@code REQUEST_INVALID} if there are several: which one counts would be a guess
     */
    public static Optional<String> authorization(RegistryRequest request) {
        List<String> fields = request.headers().all(WireHeaders.AUTHORIZATION);
        if (fields.size() > 1) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The request has several Authorization fields; send one");
        }
        return fields.stream().findFirst();
    }

    /**
     * Returns the credentials of a request; empty if there are none, or if both name and password are empty, which is what
     * some clients send when nobody is logged in.
     *
     * @throws RegistryException with {@code REQUEST_INVALID} if there are several fields; with {@code UNAUTHORIZED} and no
     *     challenges if the field is malformed
     */
    public static Optional<BasicCredentials> of(RegistryRequest request) {
        return authorization(request).flatMap(BasicCredentials::parse);
    }

    private static Optional<BasicCredentials> parse(String field) {
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || field.length() > LONGEST) {
            throw malformed();
        }
        String text = decode(field.substring(SCHEME.length()).strip());
        if (text.equals(":")) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || text.chars().anyMatch(Character::isISOControl)) {
            throw malformed();
        }
        return Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static String decode(String base64) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed();
        }
    }

    private static RegistryException malformed() {
        return RegistryException.of(
                ErrorCode.UNAUTHORIZED, "The Authorization field is not one of Basic authentication; log in again");
    }

    /**
     * Returns the challenge to send such credentials.
     *
     * @param realm the name of the protected resources, which clients may show to users
     * @throws IllegalArgumentException if the realm has a character that would need escaping
     */
    public static String challenge(String realm) {
        if (!realm.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("A realm is made of printable ASCII characters without quotes");
        }
        return SCHEME + "realm=\"" + realm + "\", charset=\"UTF-8\"";
    }

    /** Does not contain the password. */
    @Override
    public String toString() {
        return "credentials of " + name;
    }
}
