package dev.berth.registry.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The claim {@code access} of tokens. */
final class TokenScopes {
    private TokenScopes() {}

    /**
     * Returns the scopes of a token.
     *
     * @throws InvalidTokenException if the claim is malformed
     */
    static ScopeSet of(JWTClaimsSet claims) throws InvalidTokenException {
        Object access = claims.getClaim("access");
        if (access == null) {
            return ScopeSet.none();
        }
        if (!(access instanceof List<?> entries)) {
            throw malformed();
        }
        List<Scope> scopes = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> fields
                    && fields.get("type") instanceof String type
                    && fields.get("name") instanceof String name
                    && fields.get("actions") instanceof List<?> actions)) {
                throw malformed();
            }
            TreeSet<String> texts = new TreeSet<>();
            for (Object action : actions) {
                if (!(action instanceof String text)) {
                    throw malformed();
                }
                texts.add(text);
            }
            scopes.add(new Scope(type, name, texts));
        }
        return new ScopeSet(scopes);
    }

    private static InvalidTokenException malformed() {
        return new InvalidTokenException("its claim 'access' is malformed");
    }
}
