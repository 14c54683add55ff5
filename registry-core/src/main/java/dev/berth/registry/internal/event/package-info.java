/**
 * Events as bytes: {@link dev.berth.registry.internal.event.EventCodec} stores them and reads them back, and an
 * {@link dev.berth.registry.internal.event.EventFormat} tells others of them. Not exported.
 */
@NullMarked
package dev.berth.registry.internal.event;

import org.jspecify.annotations.NullMarked;
