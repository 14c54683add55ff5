package dev.berth.registry.internal.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: their signature by a trusted key, their issuer, their audience and their time. Thread-safe.
 *
 * <p>The algorithm is one of the trusted key; what a token says about its key beside the identifier does not count. Times
 * may differ by a minute between the clocks of the issuer and this machine.
 */
public final class TokenVerifier {
    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_REMEMBERED = 8 * 1024;
    private static final int REMEMBERED = 1_000;

    /** Those of RFC 7519 and RFC 9068. Others, such as that of a logout token, are not for access. */
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt", "at+jwt", "application/at+jwt");

    private final String issuer;
    private final String audience;
    private final KeySource keys;
    private final Set<JWSAlgorithm> algorithms;
    private final InstantSource clock;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    /** Tokens whose signature is known to be right. Whether their time is over is looked at each time. */
    private final RecentlyUsed<String, Signed> signed = new RecentlyUsed<>(REMEMBERED);

    private final ReentrantLock lock = new ReentrantLock();

    private record Signed(TrustedKey key, JWTClaimsSet claims) {}

    /**
     * @param issuer the {@code iss} of tokens
     * @param audience their {@code aud}
     * @param keys the keys that are trusted now
     * @param algorithms the algorithms that may be used
     */
    public TokenVerifier(
            String issuer, String audience, KeySource keys, Set<JWSAlgorithm> algorithms, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
        this.clock = clock;
    }

    /**
     * Returns the claims of a token that is good now.
     *
     * @throws InvalidTokenException if it is not; the message says why and does not contain the token
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if the keys are not known now
     */
    public JWTClaimsSet verify(String token) throws InvalidTokenException {
        if (token.length() > LONGEST) {
            throw new InvalidTokenException("it is longer than " + LONGEST + " characters");
        }
        JWTClaimsSet claims = signedClaims(token);
        requireTimes(claims);
        if (!issuer.equals(claims.getIssuer())) {
            throw new InvalidTokenException("it is of another issuer (iss)");
        }
        if (!claims.getAudience().contains(audience)) {
            throw new InvalidTokenException("it is for another service (aud)");
        }
        return claims;
    }

    private JWTClaimsSet signedClaims(String token) throws InvalidTokenException {
        SignedJWT parsed = TokenText.parse(token);
        JWSHeader header = parsed.getHeader();
        requireHeader(header);
        Set<TrustedKey> candidates = keys.find(header);
        if (candidates.isEmpty()) {
            throw new InvalidTokenException(
                    header.getKeyID() == null
                            ? "it does not name a key that is trusted (kid)"
                            : "it is signed by a key that is not trusted");
        }
        Signed known = remembered(token);
        if (known != null && candidates.contains(known.key)) {
            return known.claims;
        }
        TrustedKey key = signer(parsed, candidates);
        Signed now = new Signed(key, TokenText.claims(parsed));
        remember(token, now);
        return now.claims;
    }

    private void requireHeader(JWSHeader header) throws InvalidTokenException {
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new InvalidTokenException("its header has fields that must be understood (crit), and are not");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw new InvalidTokenException("its type (typ) is not that of a token for access");
        }
        if (!algorithms.contains(header.getAlgorithm())) {
            throw new InvalidTokenException("its algorithm (alg) is not permitted");
        }
    }

    private TrustedKey signer(SignedJWT token, Set<TrustedKey> candidates) throws InvalidTokenException {
        boolean tried = false;
        for (TrustedKey key : candidates) {
            if (!key.algorithms().contains(token.getHeader().getAlgorithm())) {
                continue;
            }
            tried = true;
            try {
                if (token.verify(verifiers.createJWSVerifier(token.getHeader(), key.key()))) {
                    return key;
                }
            } catch (JOSEException | IllegalStateException e) {
                throw new InvalidTokenException("its signature cannot be verified");
            }
        }
        throw new InvalidTokenException(
                tried ? "its signature is wrong" : "its algorithm (alg) is not that of its key");
    }

    private void requireTimes(JWTClaimsSet claims) throws InvalidTokenException {
        Instant now = clock.instant();
        Date expiration = claims.getExpirationTime();
        if (expiration == null) {
            throw new InvalidTokenException("it does not say when it expires (exp)");
        }
        if (!now.isBefore(expiration.toInstant().plus(LEEWAY))) {
            throw new InvalidTokenException("it has expired" + compareClocks(now));
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.plus(LEEWAY).isBefore(notBefore.toInstant())) {
            throw new InvalidTokenException("it is not good yet" + compareClocks(now));
        }
    }

    private static String compareClocks(Instant now) {
        return "; if it is new, compare the clock of this server, which shows " + now.truncatedTo(ChronoUnit.SECONDS)
                + ", with that of the issuer";
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
}
