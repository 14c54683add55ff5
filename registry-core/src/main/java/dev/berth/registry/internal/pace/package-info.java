/** When background work goes on: after failures, and when somebody has something to do. */
@NullMarked
package dev.berth.registry.internal.pace;

import org.jspecify.annotations.NullMarked;
