/**
 * What the pages of operations are made of: what a visitor manages, what the management APIs tell, changes that are tried and
 * may be refused, and questions before something is taken away.
 */
@NullMarked
package dev.berth.registry.console.operation;

import org.jspecify.annotations.NullMarked;
