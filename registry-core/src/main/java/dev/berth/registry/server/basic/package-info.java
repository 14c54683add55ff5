/**
 * Authentication by a name and a password with every request (RFC 7617):
 * {@link dev.berth.registry.server.basic.BasicAuthenticator} for a fixed list of users,
 * {@link dev.berth.registry.server.basic.BasicCredentials} for authenticators that verify passwords in another way.
 */
@NullMarked
package dev.berth.registry.server.basic;

import org.jspecify.annotations.NullMarked;
