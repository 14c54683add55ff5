/**
 * A registry in a servlet container: Tomcat, Jetty, or what an application server has.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.servlet.RegistryServlet} serves a {@link dev.berth.registry.server.RegistryHandler}.
 *   <li>{@link dev.berth.registry.servlet.ErrorBodies} makes the body of the specification for a request that the
 *       container refuses by itself.
 * </ul>
 */
@NullMarked
package dev.berth.registry.servlet;

import org.jspecify.annotations.NullMarked;
