/**
 * The commands that manage accounts and rights: {@code user}, {@code org}, {@code team}, {@code robot}, {@code token} and
 * {@code access}. Each makes calls to the same API, over HTTP to a registry that runs or in process over its storage.
 */
@NullMarked
package dev.berth.examples.standalone.accounts;

import org.jspecify.annotations.NullMarked;
