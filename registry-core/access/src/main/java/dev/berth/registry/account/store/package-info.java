/**
 * Accounts that are kept in an object store, for one server or for several over the same store: people, organisations,
 * teams, robots, personal tokens, grants, and the keys that sign tokens.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.account.store.AccountStore} has the accounts and the policy of the grants;
 *       {@link dev.berth.registry.account.store.AccountChanges} changes them.
 *   <li>{@link dev.berth.registry.account.store.StoredKeys} has the keys that sign tokens.
 * </ul>
 *
 * <p>How they are stored is described in {@code docs/storage-layout.md}.
 */
@NullMarked
package dev.berth.registry.account.store;

import org.jspecify.annotations.NullMarked;
