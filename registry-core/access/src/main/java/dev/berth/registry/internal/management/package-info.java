/**
 * What the APIs for managing have in common: who may use them, how requests are read and answered, and what an audit is told
 * of refusals. {@link dev.berth.registry.internal.management.ManagementApi} is a handler over a list of routes.
 */
@NullMarked
package dev.berth.registry.internal.management;

import org.jspecify.annotations.NullMarked;
