package dev.berth.registry.oidc;

import java.net.URI;
import java.util.Optional;

/**
 * What an issuer says of itself.
 *
 * @param keys where its keys are
 * @param authorization where people sign in
 * @param token where a code is exchanged
 * @param namesItself whether it says in each answer that it is the one who answers (RFC 9207)
 */
record IssuerConfiguration(URI keys, Optional<URI> authorization, Optional<URI> token, boolean namesItself) {}
