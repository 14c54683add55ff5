/**
 * Verifies signed tokens (RFC 7519) by keys that are known beforehand, whoever issued them: the own token service, an
 * outside one, or an OpenID Connect issuer.
 *
 * <ul>
 * </ul>
 *
 * <p>Not exported.
 */
@NullMarked
package dev.berth.registry.internal.token;

import org.jspecify.annotations.NullMarked;
