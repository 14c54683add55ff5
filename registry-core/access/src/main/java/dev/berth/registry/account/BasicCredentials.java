package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.RegistryRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A name and a password from the {@code Authorization} of a request (RFC 7617).
 *
 * @param name the name, which is not empty
 * @param password the password
 * @since 0.1
 */
public record BasicCredentials(String name, String password) {
    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Basic ";

    /** A token as a password has some thousand characters. */
    private static final int LONGEST = 24 * 1024;

    /**
     * Returns the credentials of a request; empty if there are none, or if both name and password are empty, which is what
     * some clients send when nobody is logged in.
     *
     * @throws RegistryException with {@code REQUEST_INVALID} if there are several fields; with {@code UNAUTHORIZED} and no
     *     challenges if the field is malformed
     */
    public static Optional<BasicCredentials> of(RegistryRequest request) {
        List<String> fields = request.headers().all(AUTHORIZATION);
        if (fields.size() > 1) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The request has several Authorization fields; send one");
        }
        return fields.isEmpty() ? Optional.empty() : parse(fields.get(0));
    }

    private static Optional<BasicCredentials> parse(String field) {
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || field.length() > LONGEST) {
            throw malformed();
        }
        String text = decode(field.substring(SCHEME.length()).strip());
        int colon = text.indexOf(':');
        if (text.equals(":")) {
            return Optional.empty();
        }
        if (colon <= 0) {
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

    /** Does not contain the password. */
    @Override
    public String toString() {
        return "credentials of " + name;
    }
}
