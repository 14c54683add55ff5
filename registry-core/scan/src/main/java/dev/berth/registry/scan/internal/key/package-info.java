/**
 * Private and public keys in the forms in which they come: PEM, and the encrypted private keys of cosign
 * ({@link dev.berth.registry.scan.internal.key.EncryptedKey}: scrypt, and secretbox of NaCl, which the JDK lacks).
 * Not exported.
 */
@NullMarked
package dev.berth.registry.scan.internal.key;

import org.jspecify.annotations.NullMarked;
