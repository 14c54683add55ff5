/**
 * A registry for tests: in the same process, with generated images, injected faults, and a journal of all requests.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.testing.TestRegistry} is the registry.
 *   <li>{@link dev.berth.registry.testing.TestImages} makes small images for it;
 *       {@link dev.berth.registry.testing.TestImage} is the interface of any other content.
 *   <li>{@link dev.berth.registry.testing.Fault} is a failure for the requests that it matches;
 *       {@link dev.berth.registry.testing.Feature} is something that the registry does not support.
 *   <li>{@link dev.berth.registry.testing.Journal} holds every request and its response, as a
 *       {@link dev.berth.registry.testing.JournalEntry}.
 *   <li>{@link dev.berth.registry.testing.RegistryExtension} and {@link dev.berth.registry.testing.WithRegistry} start
 *       registries for JUnit tests. {@link dev.berth.registry.testing.RegistryAssertions} is the entry point of AssertJ
 *       assertions.
 * </ul>
 */
// For maintainers: Journal and Faults are filters of the server and use nothing that other filters could not. Faults finds
// the Effects for a request. TestCertificate makes a certificate, since the JDK does not. TokenService issues Tokens, which
// TokenAccess then verifies.
@NullMarked
package dev.berth.registry.testing;

import org.jspecify.annotations.NullMarked;
