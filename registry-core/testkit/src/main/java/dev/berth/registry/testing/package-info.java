/**
 * A registry for tests: in the same process, with images made on the spot, failures on demand, and a record of what it
 * was asked.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.testing.TestRegistry} is the registry.
 *   <li>{@link dev.berth.registry.testing.TestImages} are small images to put into it;
 *       {@link dev.berth.registry.testing.TestImage} is what else can be.
 *   <li>{@link dev.berth.registry.testing.Fault} is something that goes wrong, for the requests that it names;
 *       {@link dev.berth.registry.testing.Feature} something that the registry shall lack.
 *   <li>{@link dev.berth.registry.testing.Journal} holds every request and its answer, as
 *       {@link dev.berth.registry.testing.JournalEntry}.
 *   <li>{@link dev.berth.registry.testing.RegistryExtension} and {@link dev.berth.registry.testing.WithRegistry} start
 *       registries for tests with JUnit; {@link dev.berth.registry.testing.RegistryAssertions} is where assertions with
 *       AssertJ begin. Nothing else here needs either. On the module path they must be read by somebody.
 * </ul>
 *
 * <p>Inside, {@code Journal} and {@code Faults} are filters of the server and use nothing that other filters could not:
 * {@code Faults} finds the {@code Effect}s for a request. {@code TestCertificate} makes a certificate, since the JDK
 * does not. {@code TokenEndpoint} hands out {@code Tokens}, which {@code TokenAccess} then wants to see.
 */
@NullMarked
package dev.berth.registry.testing;

import org.jspecify.annotations.NullMarked;
