package dev.berth.examples.standalone.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code auth}: where the accounts of callers are.
 *
 * @param htpasswd an htpasswd file
 * @param token a token service outside
 */
public record AuthSettings(Optional<Htpasswd> htpasswd, Optional<Token> token) {

    /** An htpasswd file, and the realm of Basic authentication. */
    public record Htpasswd(String realm, Path path) {}

    /**
     * A token service outside, as of {@code registry:2} and {@code registry:3}.
     *
     * @param realm the URL of the token service; empty if {@code autoRedirectPath} says where it is on the host of the
     *     registry
     * @param service the name of the registry, and the audience of tokens
     * @param issuer the issuer of tokens
     * @param rootCertBundle certificates whose keys sign tokens, in a PEM file
     * @param jwks a JWK set with keys that sign tokens: a file, or a URL
     * @param signingAlgorithms the algorithms that are accepted; those of the keys if it is empty
     * @param autoRedirectPath the path of the token service on the host of the registry
     */
    public record Token(
            Optional<URI> realm,
            String service,
            String issuer,
            Optional<Path> rootCertBundle,
            Optional<String> jwks,
            List<String> signingAlgorithms,
            Optional<String> autoRedirectPath) {}

    /** Returns whether no source of accounts is set. */
    public boolean isEmpty() {
        return htpasswd.isEmpty() && token.isEmpty();
    }
}
