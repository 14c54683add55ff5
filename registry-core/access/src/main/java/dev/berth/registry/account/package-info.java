/**
 * Accounts with names and passwords.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.account.Accounts} are the accounts,
 *       {@link dev.berth.registry.account.HtpasswdFile} those of an htpasswd file.
 *       {@link dev.berth.registry.account.Passwords} hashes passwords for others that keep them.
 *   <li>{@link dev.berth.registry.account.Logins} checks passwords and limits guessing.
 *   <li>{@link dev.berth.registry.account.PasswordAuthenticator} authenticates the callers of a server by Basic
 *       authentication.
 * </ul>
 */
@NullMarked
package dev.berth.registry.account;

import org.jspecify.annotations.NullMarked;
