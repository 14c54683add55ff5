package dev.berth.registry.internal.token;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.text.ParseException;

/** Reads the text of tokens strictly, so that no two readers see different claims in it. */
final class TokenText {
    private TokenText() {}

    /** Parses a token, and verifies nothing. */
    static SignedJWT parse(String token) throws InvalidTokenException {
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            requireStrict(parsed.getParsedParts()[0]);
            return parsed;
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidTokenException("it is no signed JSON Web Token");
        }
    }

    /** Returns the claims of a token whose signature is right. */
    static JWTClaimsSet claims(SignedJWT verified) throws InvalidTokenException {
        requireStrict(verified.getParsedParts()[1]);
        try {
            JWTClaimsSet claims = verified.getJWTClaimsSet();
            if (claims == null) {
                throw new InvalidTokenException("it has no claims");
            }
            return claims;
        } catch (ParseException e) {
            throw new InvalidTokenException("its claims are malformed: a time is a number, a name is a text");
        }
    }

    private static void requireStrict(Base64URL part) throws InvalidTokenException {
        try {
            StrictJson.parse(part.decode());
        } catch (MalformedJsonException e) {
            throw new InvalidTokenException("a part of it is malformed, or has a name twice");
        }
    }
}
