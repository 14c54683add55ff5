package dev.berth.examples.standalone.configuration;

import dev.berth.registry.account.ClientCertificateOptions;
import dev.berth.registry.ldap.LdapOptions;
import dev.berth.registry.oidc.OidcOptions;
import dev.berth.registry.token.OutsideTokenOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The section {@code auth}: how callers are known.
 *
 * @param htpasswd accounts of an htpasswd file
 * @param token tokens of a service outside
 * @param ldap accounts of a directory
 * @param oidc accounts of an OpenID Connect issuer
 * @param certificate client certificates as accounts
 */
public record AuthSettings(
        Optional<Htpasswd> htpasswd,
        Optional<OutsideTokenOptions> token,
        Optional<LdapOptions> ldap,
        Optional<OidcOptions> oidc,
        Optional<ClientCertificateOptions> certificate) {

    /** An htpasswd file, and the realm of Basic authentication. */
    public record Htpasswd(String realm, Path path) {}

    /** Returns whether callers are known by nothing. */
    public boolean isEmpty() {
        return Stream.of(htpasswd, token, ldap, oidc, certificate).allMatch(Optional::isEmpty);
    }
}
