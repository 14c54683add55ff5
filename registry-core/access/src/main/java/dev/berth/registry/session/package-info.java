/**
 * Sessions of browsers: {@link dev.berth.registry.session.Sessions} signs people in with a password or a personal token, and
 * knows them again by a cookie. A session ends with what it began with: a changed password, a disabled account and a revoked
 * token end it.
 */
@NullMarked
package dev.berth.registry.session;

import org.jspecify.annotations.NullMarked;
