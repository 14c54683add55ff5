/** Passwords in memory. Not exported. */
@NullMarked
package dev.berth.registry.internal.credentials;

import org.jspecify.annotations.NullMarked;
