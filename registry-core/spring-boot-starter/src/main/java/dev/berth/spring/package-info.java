/**
 * A registry in an application of Spring Boot 3.5 or 4, from {@code berth.*} properties.
 *
 * <ul>
 *   <li>{@link dev.berth.spring.BerthProperties} are the properties.
 *   <li>Each bean can be replaced by one of the application: the {@link dev.berth.registry.storage.ObjectStore}, the
 *       {@link dev.berth.registry.host.HostedRegistry}, the {@link dev.berth.spring.RegistryAccess}, the handler, the servlet.
 *   <li>{@link dev.berth.spring.HostedRegistryCustomizer} and {@link dev.berth.spring.RegistryServerCustomizer} change what
 *       properties do not reach, such as rules for tags, quotas, webhooks, limits.
 * </ul>
 */
@NullMarked
package dev.berth.spring;

import org.jspecify.annotations.NullMarked;
