/**
 * Pages for administrators: people, organisations, teams, grants, robots, the keys that sign tokens, and who may do what. They
 * show and change what the management of accounts does, in the name of whoever has signed in.
 */
@NullMarked
package dev.berth.registry.console.operation.access;

import org.jspecify.annotations.NullMarked;
