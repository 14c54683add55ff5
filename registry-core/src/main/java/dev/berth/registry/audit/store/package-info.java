/**
 * The audit as something that can be read again: {@link dev.berth.registry.audit.store.AuditStore} keeps the events of the last
 * months in the store of a registry, and returns them the newest first, a page at a time.
 */
@NullMarked
package dev.berth.registry.audit.store;

import org.jspecify.annotations.NullMarked;
