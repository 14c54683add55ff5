/** Pages for administrators about mirrors of other registries and about replication: how they are, and a comparison by hand. */
@NullMarked
package dev.berth.registry.console.operation.mirror;

import org.jspecify.annotations.NullMarked;
