/** Names that come from outside: {@link dev.berth.registry.internal.name.OutsideNames}. Not exported. */
@NullMarked
package dev.berth.registry.internal.name;

import org.jspecify.annotations.NullMarked;
