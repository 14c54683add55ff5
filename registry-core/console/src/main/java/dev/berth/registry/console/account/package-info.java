/**
 * Pages of somebody with an account: where one signs in and out, and one's own page with the password, personal tokens, robots
 * and sessions. Not exported.
 */
@NullMarked
package dev.berth.registry.console.account;

import org.jspecify.annotations.NullMarked;
