/**
 * Accounts of an LDAP directory.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.ldap.LdapAccounts} are the accounts.
 *   <li>{@link dev.berth.registry.ldap.LdapOptions} say where the directory is, and how its users and their groups are
 *       found.
 * </ul>
 */
@NullMarked
package dev.berth.registry.ldap;

import org.jspecify.annotations.NullMarked;
