/**
 * Access control: who may do what in which repositories.
 *
 * <ul>
 *   <li>An {@link dev.berth.registry.access.AccessPolicy} decides. {@link dev.berth.registry.access.Grants} is one that
 *       consists of grants: somebody, a {@link dev.berth.registry.access.NamePattern}, a
 *       {@link dev.berth.registry.access.Role}. Grants only add. {@link dev.berth.registry.access.Teams} are names for
 *       several callers.
 *   <li>{@link dev.berth.registry.access.Authorized} is a registry as one caller sees it. It is the only place that
 *       enforces rights, over HTTP as well as in the same process.
 *   <li>An {@link dev.berth.registry.audit.AuditListener} is told who was let in, who was refused, and what was changed.
 *   <li>{@link dev.berth.registry.access.RequestViews} gives each request a view that publishes its events and tells of its
 *       deletions. {@link dev.berth.registry.access.RequestContext} makes the context of these events, and
 *       {@link dev.berth.registry.access.RequestOrigin} that of an audit.
 *   <li>A {@link dev.berth.registry.access.NameLimit} narrows what the credentials of a caller are good for.
 * </ul>
 *
 * <p>A server that asks a policy:
 *
 * <pre>{@code
 * RegistryServer.builder(Authorized.resolver(RequestViews.of(registry).audited(audit), policy, audit))
 * }</pre>
 */
@NullMarked
package dev.berth.registry.access;

import org.jspecify.annotations.NullMarked;
