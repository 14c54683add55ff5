/**
 * Reads certificates and keys in PEM form, for servers and clients: {@link dev.berth.registry.internal.pem.PemFiles}.
 * Not exported.
 */
@NullMarked
package dev.berth.registry.internal.pem;

import org.jspecify.annotations.NullMarked;
