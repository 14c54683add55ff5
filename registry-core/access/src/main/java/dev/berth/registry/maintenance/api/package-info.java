/**
 * The upkeep of a registry over HTTP: collections, scrubs, the trash, what is stored, and the audit:
 * {@link dev.berth.registry.maintenance.api.MaintenanceApi}.
 */
@NullMarked
package dev.berth.registry.maintenance.api;

import org.jspecify.annotations.NullMarked;
