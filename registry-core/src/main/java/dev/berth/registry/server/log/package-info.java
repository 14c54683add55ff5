/**
 * The access log of a server: {@link dev.berth.registry.server.log.AccessLog} writes a line for each exchange, as text or JSON,
 * without secrets.
 */
@NullMarked
package dev.berth.registry.server.log;

import org.jspecify.annotations.NullMarked;
