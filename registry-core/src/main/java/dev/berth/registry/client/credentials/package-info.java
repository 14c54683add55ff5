/**
 * Credentials for other registries, and where they come from.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.client.credentials.Credentials} is what one party uses at one registry;
 *   <li>{@link dev.berth.registry.client.credentials.CredentialStore} finds them by registry: given in code, or by
 *       {@link dev.berth.registry.client.credentials.CredentialFiles} in the files of Docker and podman and through the
 *       helper programs that these name.
 * </ul>
 *
 * <p>Nothing here prints, logs or throws a secret.
 */
@NullMarked
package dev.berth.registry.client.credentials;

import org.jspecify.annotations.NullMarked;
