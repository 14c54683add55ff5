/**
 * What the calls of the client and its authentication share: addresses, redirects, hosts that may be reached by plain
 * HTTP, and the ways in which an attempt fails.
 */
@NullMarked
package dev.berth.registry.client.http;

import org.jspecify.annotations.NullMarked;
