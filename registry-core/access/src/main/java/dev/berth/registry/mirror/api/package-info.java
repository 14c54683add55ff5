/**
 * How mirrors and replication go, over HTTP: {@link dev.berth.registry.mirror.api.MirrorApi}.
 */
@NullMarked
package dev.berth.registry.mirror.api;

import org.jspecify.annotations.NullMarked;
