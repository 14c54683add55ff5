package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.transport.AddressGuard;
import dev.berth.registry.webhook.SendResult.Delivered;
import dev.berth.registry.webhook.SendResult.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook leads nowhere inside, whatever its host is called and resolves to, unless that is allowed. */
@Timeout(60)
class InsideReceiverTest {
    private static final WebhookMessage MESSAGE = new WebhookMessage(
            "1",
            List.of(RegistryEvent.builder(EventType.TAG_SET, RepositoryName.parse("team/app"))
                    .build()));

    private HookReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HookReceiver.answering("HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n");
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private SendResult send(WebhookHttpOptions.Builder options, String host) {
        WebhookEndpoint endpoint = WebhookEndpoint.builder("deploy", receiver.at(host))
                .timeout(Duration.ofSeconds(20))
                .build();
        try (HttpWebhookSender sender = HttpWebhookSender.of(options.build())) {
            return sender.send(endpoint, MESSAGE);
        }
    }

    private static WebhookHttpOptions.Builder resolving(AddressGuard.Resolver resolver) {
        return WebhookHttpOptions.builder().resolver(resolver);
    }

    private void assertRefused(SendResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("not in the internet", "allowed"));
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "0.0.0.0",
                "192.0.0.192",
                "168.63.129.16",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesANameThatResolvesToAnAddressInside(String address) {
        assertRefused(send(resolving(host -> addresses(address)), "hooks.example"));
    }

    @Test
    void refusesANameOfWhichOneOfSeveralAddressesIsInside() {
        assertRefused(send(resolving(host -> addresses("93.184.215.14", "127.0.0.1")), "hooks.example"));
        assertRefused(send(resolving(host -> addresses("127.0.0.1", "2606:2800:21f:cb07::1")), "hooks.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "LOCALHOST",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::]",
                "0.0.0.0",
                "[0:0:0:0:0:0:0:1]"
            })
    void refusesHostsThatAreInsideByTheirName(String host) {
        assertRefused(send(WebhookHttpOptions.builder(), host));
    }

    /** The address that was checked is connected to; the name is not resolved again for the connection. */
    @Test
    void resolvesANameOnceForAnAttempt() {
        AtomicInteger lookups = new AtomicInteger();
        WebhookHttpOptions.Builder options = resolving(
                        host -> addresses(lookups.getAndIncrement() == 0 ? "127.0.0.2" : "10.0.0.1"))
                .allowInside("127.0.0.2");

        // The receiver listens on 127.0.0.1: nobody answers at the address that was checked.
        assertThat(send(options, "hooks.example")).isEqualTo(Failed.of("The receiver could not be connected to"));
        assertThat(lookups).hasValue(1);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void checksEachAttemptAnew() {
        AtomicInteger lookups = new AtomicInteger();
        WebhookHttpOptions.Builder options = resolving(
                        host -> addresses(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"))
                .allowInside("127.0.0.1");
        WebhookEndpoint endpoint = WebhookEndpoint.builder("deploy", receiver.at("hooks.example"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try (HttpWebhookSender sender = HttpWebhookSender.of(options.build())) {
            assertThat(sender.send(endpoint, MESSAGE)).isEqualTo(new Delivered());
            assertThat(sender.send(endpoint, MESSAGE)).isInstanceOf(Failed.class);
        }
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void doesNotFollowARedirectInside() throws IOException {
        try (HookReceiver outside = HookReceiver.answering(
                "HTTP/1.1 307 Temporary Redirect\nLocation: " + receiver.at("127.0.0.1") + "\nContent-Length: 0\n\n")) {
            WebhookEndpoint endpoint = WebhookEndpoint.builder(
                            "deploy", URI.create("http://hooks.example:" + outside.port() + "/"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            try (HttpWebhookSender sender = HttpWebhookSender.of(resolving(host -> addresses("127.0.0.1"))
                    .allowInside("hooks.example")
                    .build())) {
                assertThat(sender.send(endpoint, MESSAGE))
                        .isEqualTo(Failed.of("The receiver answered 307, and redirects are not followed"));
            }
        }
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.internal",
                "HOOKS.internal.",
                "127.0.0.1",
                "127.0.0.0/8",
                "0.0.0.0/0",
            })
    void sendsInsideWhereThatIsAllowed(String allowed) {
        assertThat(send(resolving(host -> addresses("127.0.0.1")).allowInside(allowed), "hooks.internal"))
                .isEqualTo(new Delivered());
    }

    @Test
    void allowsAHostForOneOfItsPorts() {
        AddressGuard.Resolver loopback = host -> addresses("127.0.0.1");

        assertThat(send(resolving(loopback).allowInside("hooks.internal:" + receiver.port()), "hooks.internal"))
                .isEqualTo(new Delivered());
        assertThat(send(resolving(loopback).allowInside("hooks.internal:1"), "hooks.internal"))
                .isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "hooks.example", "internal", "sub.hooks.internal", "::1", "::/0"})
    void allowsNothingElse(String allowed) {
        assertRefused(send(resolving(host -> addresses("127.0.0.1")).allowInside(allowed), "hooks.internal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.internal", "https://hooks.internal", "10.0.0.0/33", "10.0.0", "", "a/b"})
    void refusesOtherRules(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookHttpOptions.builder().allowInside(text));
    }

    @Test
    void saysThatANameDoesNotResolve() {
        WebhookHttpOptions.Builder options = resolving(host -> {
            throw new UnknownHostException(host);
        });

        assertThat(send(options, "hooks.example")).isEqualTo(Failed.of("The name of the receiver does not resolve"));
        assertThat(send(resolving(host -> new InetAddress[0]), "hooks.example"))
                .isEqualTo(Failed.of("The name of the receiver does not resolve"));
    }

    /** A proxy would resolve the name itself. */
    @Test
    void usesNoProxyOfTheProcess() throws IOException {
        List<String> names = List.of("http.proxyHost", "http.proxyPort", "socksProxyHost", "socksProxyPort");
        List<String> before =
                Arrays.asList(names.stream().map(System::getProperty).toArray(String[]::new));
        try (HookReceiver proxy = HookReceiver.answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n")) {
            List<String> values = Arrays.asList("127.0.0.1", "" + proxy.port(), "127.0.0.1", "" + proxy.port());
            for (int i = 0; i < names.size(); i++) {
                System.setProperty(names.get(i), values.get(i));
            }
            assertThat(send(resolving(host -> addresses("127.0.0.1")).allowInside("hooks.internal"), "hooks.internal"))
                    .isEqualTo(new Delivered());
            assertThat(proxy.received()).isEmpty();
        } finally {
            for (int i = 0; i < names.size(); i++) {
                if (before.get(i) == null) {
                    System.clearProperty(names.get(i));
                } else {
                    System.setProperty(names.get(i), before.get(i));
                }
            }
        }
        assertThat(receiver.received()).hasSize(1);
    }
}
