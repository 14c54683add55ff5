/**
 * The management of accounts and rights from outside: an HTTP API for people, organisations, teams, grants, robots and
 * personal tokens, see {@link dev.berth.registry.account.api.AccountApi}.
 */
@NullMarked
package dev.berth.registry.account.api;

import org.jspecify.annotations.NullMarked;
