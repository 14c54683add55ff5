package dev.berth.registry.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: their signature by a trusted key, their issuer, their audience and their time. Thread-safe.
 *
 * <p>The algorithm is that of the trusted key; what a token says about its key beside the identifier does not count. Times
 * may differ by a minute between the clocks of the issuer and this machine.
 */
final class TokenVerifier {
    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_REMEMBERED = 4 * 1024;
    private static final int REMEMBERED = 1_000;

    private final String issuer;
    private final String audience;
    private final Supplier<TrustedKeys> keys;
    private final InstantSource clock;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    /** Tokens whose signature is known to be right. Whether their time is over is looked at each time. */
    private final RecentlyUsed<String, Signed> signed = new RecentlyUsed<>(REMEMBERED);

    private final ReentrantLock lock = new ReentrantLock();

    private record Signed(TrustedKeys.Key key, JWTClaimsSet claims) {}

    /**
     * @param issuer the {@code iss} of tokens
     * @param audience their {@code aud}
     * @param keys the keys that are trusted now
     */
    TokenVerifier(String issuer, String audience, Supplier<TrustedKeys> keys, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Returns the claims of a token that is good now.
     *
     * @throws InvalidTokenException if it is not; the message says why and does not contain the token
     */
    JWTClaimsSet verify(String token) throws InvalidTokenException {
        if (token.length() > LONGEST) {
            throw new InvalidTokenException("it is longer than " + LONGEST + " characters");
        }
        JWTClaimsSet claims = signedClaims(token);
        requireTimes(claims);
        if (!issuer.equals(claims.getIssuer())) {
            throw new InvalidTokenException("it is of another issuer");
        }
        if (!claims.getAudience().contains(audience)) {
            throw new InvalidTokenException("it is for another service");
        }
        return claims;
    }

    private JWTClaimsSet signedClaims(String token) throws InvalidTokenException {
        SignedJWT parsed = parse(token);
        TrustedKeys.Key key = key(parsed);
        Signed known = remembered(token);
        if (known != null && known.key.equals(key)) {
            return known.claims;
        }
        try {
            if (!parsed.verify(verifiers.createJWSVerifier(parsed.getHeader(), key.key()))) {
                throw new InvalidTokenException("its signature is wrong");
            }
            Signed now = new Signed(key, parsed.getJWTClaimsSet());
            remember(token, now);
            return now.claims;
        } catch (JOSEException | ParseException e) {
            throw new InvalidTokenException("its signature cannot be verified");
        }
    }

    private static SignedJWT parse(String token) throws InvalidTokenException {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidTokenException("it is no signed JSON Web Token");
        }
    }

    private TrustedKeys.Key key(SignedJWT token) throws InvalidTokenException {
        String id = token.getHeader().getKeyID();
        if (id == null) {
            throw new InvalidTokenException("it does not name its key (kid)");
        }
        TrustedKeys.Key key = keys.get()
                .find(id)
                .orElseThrow(() -> new InvalidTokenException("it is signed by a key that is not trusted"));
        if (!key.algorithms().contains(token.getHeader().getAlgorithm())) {
            throw new InvalidTokenException("its algorithm is not that of its key");
        }
        return key;
    }

    private void requireTimes(JWTClaimsSet claims) throws InvalidTokenException {
        Instant now = clock.instant();
        Date expiration = claims.getExpirationTime();
        if (expiration == null) {
            throw new InvalidTokenException("it does not say when it expires (exp)");
        }
        if (!now.isBefore(expiration.toInstant().plus(LEEWAY))) {
            throw new InvalidTokenException("it has expired");
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.plus(LEEWAY).isBefore(notBefore.toInstant())) {
            throw new InvalidTokenException(
                    "it is not good yet; compare the clock of this machine with that of the token service");
        }
    }

    private @Nullable Signed remembered(String token) {
        lock.lock();
        try {
            return signed.get(token);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String token, Signed now) {
        if (token.length() > LONGEST_REMEMBERED) {
            return;
        }
        lock.lock();
        try {
            signed.put(token, now);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the scopes in the claim {@code access}.
     *
     * @throws InvalidTokenException if it is malformed
     */
    static ScopeSet scopes(JWTClaimsSet claims) throws InvalidTokenException {
        Object access = claims.getClaim("access");
        if (access == null) {
            return ScopeSet.none();
        }
        List<Scope> scopes = new ArrayList<>();
        if (!(access instanceof List<?> entries)) {
            throw malformedAccess();
        }
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> fields
                    && fields.get("type") instanceof String type
                    && fields.get("name") instanceof String name
                    && fields.get("actions") instanceof List<?> actions)) {
                throw malformedAccess();
            }
            TreeSet<String> texts = new TreeSet<>();
            actions.forEach(action -> texts.add(String.valueOf(action)));
            scopes.add(new Scope(type, name, texts));
        }
        return new ScopeSet(scopes);
    }

    private static InvalidTokenException malformedAccess() {
        return new InvalidTokenException("its claim 'access' is malformed");
    }
}
