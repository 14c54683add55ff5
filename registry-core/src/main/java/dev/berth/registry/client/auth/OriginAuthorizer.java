package dev.berth.registry.client.auth;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.internal.wire.ScopeSet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates at one server, by the scheme of its challenge. A challenge that could be answered is remembered, so that
 * later requests are authorized at once, and is forgotten when it cannot be answered any more: then the next request is
 * sent without authorization, and the server says anew what it wants. Thread-safe.
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

    /** Returns the authorization for a request, as far as the server's challenge is known. */
    public Authorization current(Access access) throws AttemptFailedException {
        Challenge challenge = known;
        if (challenge == null) {
            return Authorization.none();
        }
        try {
            return answer(challenge, access);
        } catch (AttemptFailedException e) {
            if (e.isGivenUp()) {
                throw e;
            }
            if (challenge.equals(known)) {
                known = null;
            }
            if (e.kind() == Kind.FINAL && e.failure().code() == ErrorCode.UNAVAILABLE) {
                // The token service is gone. The registry may name another one.
                return Authorization.none();
            }
            throw e;
        }
    }

    /**
     * Returns another authorization after the server has refused one with 401.
     *
     * @param said the authorization that was sent
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
        Optional<Authorization> answer =
                challenge.isBearer() ? afterBearer(said, challenge, access) : afterBasic(said, access);
        if (answer.isPresent()) {
            known = challenge;
        }
        return answer;
    }

    /**
     * Returns another authorization after the server has refused one with 403: some registries deny everything to an
     * expired password, instead of challenging it.
     *
     * @param said the authorization that was sent
     * @return another authorization, or empty if the credentials are still the same
     */
    public Optional<Authorization> afterDenial(Authorization said, Access access) throws AttemptFailedException {
        Credentials denied = said.credentials();
        Challenge challenge = known;
        if (denied == null || challenge == null || refresh(access, denied).equals(denied)) {
            return Optional.empty();
        }
        return Optional.of(answer(challenge, access));
    }

    /** Prefers tokens to passwords, and the first of each kind. A challenge of neither kind does not replace a known one. */
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
            // A registry token, or an earlier password: the store may have a newer one.
            Credentials newer = refresh(access, said.credentials());
            if (newer.equals(said.credentials()) && newer.registryToken().isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(answer(challenge, access));
    }

    private Optional<Authorization> afterBasic(Authorization said, Access access) throws AttemptFailedException {
        Credentials refused = said.credentials();
        Credentials login = refused == null ? find(access) : refresh(access, refused);
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
            Credentials newer = refresh(access, found);
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

    private Credentials refresh(Access access, Credentials refused) throws AttemptFailedException {
        try {
            return credentials.refresh(access.repository(), refused);
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("look for credentials", e);
        }
    }

    /** Returns why the authentication failed, for the message of a refusal. */
    public String explain(Authorization said, List<String> values) {
        if (said.header().isPresent()) {
            return "the credentials do not allow it";
        }
        List<Challenge> challenges = ChallengeParser.parse(values);
        boolean known = challenges.stream().anyMatch(challenge -> challenge.isBasic() || challenge.isBearer());
        if (known) {
            return "there are no credentials for this registry: log in first";
        }
        String schemes = challenges.stream().map(Challenge::scheme).distinct().collect(Collectors.joining(", "));
        return schemes.isEmpty()
                ? "the registry does not say how to log in"
                : "the registry demands " + schemes + ", but only basic and bearer are supported";
    }
}
