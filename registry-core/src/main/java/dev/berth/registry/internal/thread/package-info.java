/** Threads of our own. */
@NullMarked
package dev.berth.registry.internal.thread;

import org.jspecify.annotations.NullMarked;
