/**
 * A registry for tests: in the same process, with generated images, injected faults, and a journal of all requests.
 *
 * <p>A test with JUnit takes a registry as a parameter:
 *
 * <pre>{@code
 * class UpdateCheckTest {
 *     @RegisterExtension
 *     RegistryExtension extension = RegistryExtension.of(TestRegistry.builder().image("app:1.0", TestImages.empty()));
 *
 *     @Test
 *     void retriesWhenTheRegistryIsBusy(TestRegistry registry) {
 *         registry.inject(Fault.on(GET, "/v2/app/**").times(2).status(503));
 *
 *         new UpdateCheck(registry.uri()).run();
 *
 *         assertThat(registry).received(GET, "/v2/app/manifests/1.0").times(3);
 *     }
 * }
 * }</pre>
 *
 * <p>How to …
 *
 * <ul>
 *   <li>… share a registry between the tests of a class: make the field static, or annotate the class with
 *       {@link dev.berth.registry.testing.WithRegistry}.
 *   <li>… use a registry without JUnit: {@link dev.berth.registry.testing.TestRegistry#start()}, and close it.
 *   <li>… tell other frameworks the address: {@link dev.berth.registry.testing.RegistryExtension#uri()} of a static field.
 *   <li>… test with several registries: {@link dev.berth.registry.testing.RegistryExtension#named} and
 *       {@link dev.berth.registry.testing.RegistryName}.
 *   <li>… generate content: {@link dev.berth.registry.testing.TestImages}, or any image builder as a
 *       {@link dev.berth.registry.testing.TestImage}.
 *   <li>… let a request fail: {@link dev.berth.registry.testing.Fault}; let the registry lack a feature:
 *       {@link dev.berth.registry.testing.Feature}.
 *   <li>… see what a client has sent: {@link dev.berth.registry.testing.Journal}; assert it, or the content of any
 *       registry: {@link dev.berth.registry.testing.RegistryAssertions}.
 *   <li>… let containers use the registry: listen on another
 *       {@linkplain dev.berth.registry.testing.TestRegistry.Builder#listenAddress address}, with
 *       {@linkplain dev.berth.registry.testing.TestRegistry.Builder#tls TLS} for the
 *       {@linkplain dev.berth.registry.testing.TestRegistry#uri(String) name} under which they reach it.
 * </ul>
 */
@NullMarked
package dev.berth.registry.testing;

import org.jspecify.annotations.NullMarked;
