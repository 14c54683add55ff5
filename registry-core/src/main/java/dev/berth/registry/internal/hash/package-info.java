/**
 * Content that is hashed, counted and verified while it is read: on its way into a store, and out of it. {@link
 * dev.berth.registry.internal.hash.HashingSource} counts and hashes, {@link
 * dev.berth.registry.internal.hash.VerifiedSource} and {@link dev.berth.registry.internal.hash.VerifiedStream} fail
 * instead of ending where the digest is wrong.
 */
@NullMarked
package dev.berth.registry.internal.hash;

import org.jspecify.annotations.NullMarked;
