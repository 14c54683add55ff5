/**
 * Credentials for remote registries, and the stores that find them.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.client.credentials.Credentials} are what a client authenticates with at one registry;
 *   <li>{@link dev.berth.registry.client.credentials.CredentialStore} finds them by registry: from code, or by
 *       {@link dev.berth.registry.client.credentials.CredentialFiles} in the files of Docker and podman and the
 *       credential helpers that these name;
 *   <li>{@link dev.berth.registry.client.credentials.CredentialProgram} asks one such helper that code names.
 * </ul>
 *
 * <p>No message, log or exception has a secret.
 */
@NullMarked
package dev.berth.registry.client.credentials;

import org.jspecify.annotations.NullMarked;
