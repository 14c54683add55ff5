/**
 * Docker's token authentication: a {@link dev.berth.registry.token.TokenService} issues tokens and verifies them.
 */
@NullMarked
package dev.berth.registry.token;

import org.jspecify.annotations.NullMarked;
