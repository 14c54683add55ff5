package dev.berth.registry.token;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.file.WatchedFile;
import dev.berth.registry.internal.pem.PemFiles;
import dev.berth.registry.internal.token.Algorithms;
import dev.berth.registry.internal.token.CertificateKeys;
import dev.berth.registry.internal.token.FetchedKeys;
import dev.berth.registry.internal.token.KeyAddress;
import dev.berth.registry.internal.token.KeyDownload;
import dev.berth.registry.internal.token.KeySource;
import dev.berth.registry.internal.token.TokenVerifier;
import dev.berth.registry.internal.token.TrustedKeys;
import dev.berth.registry.server.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens that another service issues, as {@code auth.token} of {@code registry:2} and {@code registry:3} does.
 * Thread-safe.
 *
 * <p>A token counts if a trusted key has signed it, if issuer, audience and time are right, and as far as its claim
 * {@code access} goes: reading needs {@code pull}, writing needs {@code pull} and {@code push}, deleting needs
 * {@code delete}, a mount also needs {@code pull} where the blob comes from, and the catalogue needs
 * {@code registry:catalog:*}. The action {@code *} stands for all. Clocks may differ by a minute.
 *
 * <p>Keys are named by their identifier in the JWK set, by their thumbprint (RFC 7638) or by that of Docker's libtrust; or a
 * token has a chain of certificates in its header ({@code x5c}) that leads to a known one, all of them valid now. Other keys
 * in a header never count. A changed file counts with the next request, and a broken one leaves the keys as they were.
 * Keys from a URL are fetched again after 5 minutes, and when a token names one that is not known, though not twice within
 * 30 seconds in vain. While they cannot be fetched, those that are known stay good; if none are, requests with tokens are
 * refused with {@code UNAVAILABLE}.
 *
 * @since 0.1
 */
public final class OutsideTokens implements AutoCloseable {
    private final BearerChallenges challenges;
    private final TokenVerifier verifier;
    private final @Nullable KeyDownload download;

    private OutsideTokens(BearerChallenges challenges, TokenVerifier verifier, @Nullable KeyDownload download) {
        this.challenges = challenges;
        this.verifier = verifier;
        this.download = download;
    }

    /**
     * Reads the keys. Those of a URL are fetched in the background, so that a server can start without them.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file has no key that can be used; the message names the file
     */
    public static OutsideTokens open(OutsideTokenOptions options) throws IOException {
        List<KeySource> sources = new ArrayList<>();
        if (options.certificates().isPresent()) {
            sources.add(certificates(options.certificates().get(), options));
        }
        if (options.keyFile().isPresent()) {
            sources.add(file(options.keyFile().get()));
        }
        KeyDownload download = null;
        Optional<URI> address = options.keyAddress();
        if (address.isPresent()) {
            download = new KeyDownload(address.get(), options.authorities());
            sources.add(fetched(address.get(), download, options));
        }
        TokenVerifier verifier = new TokenVerifier(
                options.issuer(),
                options.service(),
                KeySource.firstOf(sources),
                Algorithms.parse(options.algorithms()),
                options.clock());
        return new OutsideTokens(
                new BearerChallenges(options.service(), options.realm(), options.ownRealm()), verifier, download);
    }

    private static KeySource certificates(Path bundle, OutsideTokenOptions options) throws IOException {
        WatchedFile<CertificateKeys> keys =
                WatchedFile.open(bundle, pem -> certificateKeys(bundle, pem, options.clock()));
        return header -> keys.current().find(header);
    }

    private static KeySource file(Path jwks) throws IOException {
        WatchedFile<TrustedKeys> keys = WatchedFile.open(jwks, json -> keySet("The JWK set in " + jwks, json));
        return header -> keys.current().find(header);
    }

    private static CertificateKeys certificateKeys(Path bundle, byte[] pem, InstantSource clock) {
        List<X509Certificate> certificates = PemFiles.certificates(bundle, pem).stream()
                .map(X509Certificate.class::cast)
                .toList();
        try {
            return new CertificateKeys(certificates, clock);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The file " + bundle + " is not good for tokens: " + e.getMessage(), e);
        }
    }

    private static TrustedKeys keySet(String what, byte[] json) {
        try {
            return TrustedKeys.parse(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not good: " + e.getMessage(), e);
        }
    }

    private static KeySource fetched(URI address, KeyDownload download, OutsideTokenOptions options) {
        FetchedKeys keys = new FetchedKeys(
                "the token service",
                () -> {
                    byte[] json = download.get(address);
                    try {
                        return keySet("The JWK set of " + KeyAddress.shown(address), json);
                    } catch (IllegalArgumentException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                },
                options.clock());
        keys.prepare();
        return keys;
    }

    /**
     * Returns an authenticator for which a token alone decides, as in {@code registry:2}: without one, everything is
     * refused. Callers may do what their token says, if the server's registry is the same for everybody.
     */
    public Authenticator authenticator() {
        return authenticator(LoginEvents.of(AuditListener.none()));
    }

    /** Returns an authenticator as {@link #authenticator()} does, which tells whom it lets in or refuses. */
    public Authenticator authenticator(LoginEvents events) {
        return new OutsideTokenAuthenticator(
                challenges, verifier, Optional.empty(), Objects.requireNonNull(events, "events"));
    }

    /**
     * Returns an authenticator for a registry with a policy. A token names the caller ({@code sub}) and only narrows what
     * the policy allows this caller at the time of each request. Requests without a token are anonymous, but for the ping.
     */
    public Authenticator authenticator(AccessPolicy policy) {
        return authenticator(policy, LoginEvents.of(AuditListener.none()));
    }

    /** Returns an authenticator as {@link #authenticator(AccessPolicy)} does, which tells whom it lets in or refuses. */
    public Authenticator authenticator(AccessPolicy policy, LoginEvents events) {
        return new OutsideTokenAuthenticator(
                challenges,
                verifier,
                Optional.of(Objects.requireNonNull(policy, "policy")),
                Objects.requireNonNull(events, "events"));
    }

    /** Ends the connections to the server with the keys. */
    @Override
    public void close() {
        if (download != null) {
            download.close();
        }
    }
}
