/**
 * The parts of access control, put together: {@link dev.berth.registry.control.AccessControl} makes a server of a registry,
 * accounts and a policy.
 */
@NullMarked
package dev.berth.registry.control;

import org.jspecify.annotations.NullMarked;
