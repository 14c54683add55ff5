/**
 * Accounts that are kept in an object store, for one server or for several over the same store: people, organisations,
 * teams, robots, personal tokens, grants, and the keys that sign tokens.
 */
@NullMarked
package dev.berth.registry.account.store;

import org.jspecify.annotations.NullMarked;
