package dev.berth.registry.client.auth;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.wire.ScopeSet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says to one server who is there, in the way that it wants to hear it: it tells by a challenge, which is remembered, so
 * that later requests say it at once. Thread-safe.
 */
public final class OriginAuthorizer {
    private final CredentialCache credentials;
    private final TokenClient tokenClient;
    private final TokenCache tokens;
    private volatile @Nullable Challenge known;

    OriginAuthorizer(CredentialCache credentials, TokenClient tokenClient, InstantSource clock) {
        this.credentials = credentials;
        this.tokenClient = tokenClient;
        this.tokens = new TokenCache(clock);
    }

    /** Returns what to say with a request, as far as is known. */
    public Authorization current(Access access) throws AttemptFailedException {
        Challenge challenge = known;
        return challenge == null ? Authorization.none() : answer(challenge, access);
    }

    /**
     * Returns what else to say after a refusal.
     *
     * @param said what was said with the request
     * @param values the values of {@code WWW-Authenticate}
     * @return another authorization, or empty if there is none left
     */
    public Optional<Authorization> afterRefusal(Authorization said, List<String> values, Access access)
            throws AttemptFailedException {
        Optional<Challenge> chosen = choose(ChallengeParser.parse(values));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Challenge challenge = chosen.get();
        known = challenge;
        if (challenge.isBearer()) {
            return afterBearer(said, challenge, access);
        }
        return afterBasic(said, access);
    }

    /**
     * Returns what else to say after a denial: some registries deny everything to a password that has expired, instead
     * of asking who is there.
     *
     * @param said what was said with the request
     * @return another authorization, or empty if the credentials are still the same
     */
    public Optional<Authorization> afterDenial(Authorization said, Access access) throws AttemptFailedException {
        Credentials denied = said.credentials();
        Challenge challenge = known;
        if (denied == null || challenge == null || findAnew(access, denied).equals(denied)) {
            return Optional.empty();
        }
        return Optional.of(answer(challenge, access));
    }

    /** Tokens before passwords, and of either kind the first. An odd challenge does not make an earlier good one forgotten. */
    private Optional<Challenge> choose(List<Challenge> challenges) {
        Optional<Challenge> bearer = challenges.stream()
                .filter(challenge ->
                        challenge.isBearer() && challenge.parameter("realm").isPresent())
                .findFirst();
        return bearer.or(() -> challenges.stream().filter(Challenge::isBasic).findFirst())
                .or(() -> Optional.ofNullable(known));
    }

    private Optional<Authorization> afterBearer(Authorization said, Challenge challenge, Access access)
            throws AttemptFailedException {
        ScopeSet asked = ScopeSet.parse(challenge.parameter("scope").orElse(""));
        if (said.token() != null) {
            tokens.refused(access.scopes(), said.token(), asked);
        } else {
            tokens.wants(access.scopes(), asked);
        }
        if (said.credentials() != null) {
            // A registry token, or a password of before: perhaps there is something newer.
            Credentials newer = findAnew(access, said.credentials());
            if (newer.equals(said.credentials()) && newer.registryToken().isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(answer(challenge, access));
    }

    private Optional<Authorization> afterBasic(Authorization said, Access access) throws AttemptFailedException {
        Credentials refused = said.credentials();
        Credentials login = refused == null ? find(access) : findAnew(access, refused);
        if (!login.hasLogin() || login.equals(refused)) {
            return Optional.empty();
        }
        return Optional.of(Authorization.basic(login));
    }

    private Authorization answer(Challenge challenge, Access access) throws AttemptFailedException {
        Credentials found = find(access);
        if (challenge.isBasic()) {
            return found.hasLogin() ? Authorization.basic(found) : Authorization.none();
        }
        if (found.registryToken().isPresent()) {
            return Authorization.registryToken(found, found.registryToken().get());
        }
        try {
            return Authorization.bearer(tokens.get(access.scopes(), scopes -> fetch(challenge, scopes, access)));
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("wait for a token", e);
        }
    }

    private Token fetch(Challenge challenge, ScopeSet scopes, Access access) throws AttemptFailedException {
        Credentials found = find(access);
        try {
            return tokenClient.fetch(challenge, scopes, found);
        } catch (AttemptFailedException e) {
            if (e.failure().code() != ErrorCode.UNAUTHORIZED) {
                throw e;
            }
            Credentials newer = findAnew(access, found);
            if (newer.equals(found)) {
                throw e;
            }
            return tokenClient.fetch(challenge, scopes, newer);
        }
    }

    private Credentials find(Access access) throws AttemptFailedException {
        try {
            return credentials.find(access.repository());
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("look for credentials", e);
        }
    }

    private Credentials findAnew(Access access, Credentials refused) throws AttemptFailedException {
        try {
            return credentials.findAnew(access.repository(), refused);
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("look for credentials", e);
        }
    }

    /** Says why nobody could be told to the server, for the message of a refusal. */
    public String explain(Authorization said, List<String> values) {
        if (said.header().isPresent()) {
            return "the credentials that were found are not good for it";
        }
        List<Challenge> challenges = ChallengeParser.parse(values);
        boolean known = challenges.stream().anyMatch(challenge -> challenge.isBasic() || challenge.isBearer());
        if (known) {
            return "no credentials were found for it: log in first";
        }
        String schemes = challenges.stream().map(Challenge::scheme).distinct().collect(Collectors.joining(", "));
        return schemes.isEmpty()
                ? "it does not say how to log in"
                : "it wants to be told by " + schemes + ", and only basic and bearer are understood";
    }
}
