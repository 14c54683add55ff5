/**
 * Logins with tokens of an OpenID Connect issuer: {@link dev.berth.registry.oidc.OidcAccounts}.
 */
@NullMarked
package dev.berth.registry.oidc;

import org.jspecify.annotations.NullMarked;
