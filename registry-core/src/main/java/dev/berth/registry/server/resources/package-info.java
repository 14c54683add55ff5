/**
 * The resources of the API: a handler for each, which calls the registry and makes the response. Not exported.
 *
 * <p>This package uses only the public interface of the server. Whatever a handler throws,
 * {@link dev.berth.registry.server.resources.ErrorResponses} makes the error body of it.
 */
@NullMarked
package dev.berth.registry.server.resources;

import org.jspecify.annotations.NullMarked;
