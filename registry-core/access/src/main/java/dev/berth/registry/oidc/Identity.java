package dev.berth.registry.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.internal.name.OutsideNames;
import dev.berth.registry.internal.token.InvalidTokenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token is about.
 *
 * @param subject what the issuer knows them by ({@code sub}), which never becomes somebody else's
 * @param name the name of the caller
 * @param groups the groups of the caller
 * @param issued when the token was issued
 * @param expires when it expires
 */
record Identity(String subject, String name, SortedSet<String> groups, Instant issued, Instant expires) {
    private static final int MOST_GROUPS = 1_000;
    private static final String GROUP_PREFIX = "oidc:";

    Identity {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /**
     * Reads the claims of a token that is good.
     *
     * @throws InvalidTokenException if they do not say who the caller is
     */
    static Identity of(JWTClaimsSet claims, OidcOptions options) throws InvalidTokenException {
        if (claims.getClaim("events") != null) {
            throw new InvalidTokenException("it tells of an event (events), such as a logout");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty()) {
            throw new InvalidTokenException("it has no subject (sub)");
        }
        Date issued = claims.getIssueTime();
        return new Identity(
                subject,
                options.namePrefix() + name(claims, options.nameClaim()),
                groups(claims, options.groupsClaim()),
                issued == null ? Instant.EPOCH : issued.toInstant(),
                claims.getExpirationTime().toInstant());
    }

    private static String name(JWTClaimsSet claims, String claim) throws InvalidTokenException {
        Object value = find(claims.getClaims(), claim);
        if (!(value instanceof String name)) {
            throw new InvalidTokenException("it has no user name (" + claim + ")");
        }
        if (!OutsideNames.isName(name)) {
            throw new InvalidTokenException("its user name (" + claim
                    + ") is none here: it has up to 255 printable characters, and no plus sign, which robots have");
        }
        Object verified = claims.getClaim("email_verified");
        if (claim.equals("email")
                && verified != null
                && !String.valueOf(verified).equals("true")) {
            throw new InvalidTokenException("its mail address is not verified (email_verified)");
        }
        return name;
    }

    private static SortedSet<String> groups(JWTClaimsSet claims, String claim) throws InvalidTokenException {
        Object value = find(claims.getClaims(), claim);
        List<Object> values = new ArrayList<>();
        if (value instanceof List<?> list) {
            values.addAll(list);
        } else if (value != null) {
            values.add(value);
        }
        if (values.size() > MOST_GROUPS) {
            throw new InvalidTokenException("it has " + values.size() + " groups (" + claim + "); " + MOST_GROUPS
                    + " are accepted: have the issuer name fewer");
        }
        SortedSet<String> groups = new TreeSet<>();
        for (Object each : values) {
            if (!(each instanceof String group) || !OutsideNames.isPrintable(group)) {
                throw new InvalidTokenException("its groups (" + claim + ") are not a list of names");
            }
            groups.add(GROUP_PREFIX + group);
        }
        return groups;
    }

    /** Returns the value of a claim, or of one within it, whose name is behind a dot. */
    private static @Nullable Object find(Map<?, ?> claims, String path) {
        Object direct = claims.get(path);
        int dot = path.indexOf('.');
        if (direct != null || dot < 0) {
            return direct;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : null;
    }
}
