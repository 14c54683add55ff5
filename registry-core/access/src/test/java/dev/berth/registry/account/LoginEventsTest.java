package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditEvent.Type;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.server.Caller;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who is let in and who is refused is told to a listener, but not so often that nobody could read it. */
class LoginEventsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<AuditEvent> events = new ArrayList<>();
    private final Logins logins = Logins.of(
            new Accounts() {
                @Override
                public Optional<Account> authenticate(String name, String password) {
                    return find(name).filter(account -> password.equals("right"));
                }

                @Override
                public Optional<Account> find(String name) {
                    return Optional.of(new Account(Caller.named(name), subject(name), "1"))
                            .filter(account -> !name.equals("nobody"));
                }

                private String subject(String name) {
                    return name.contains("+") ? "robot:" + name : name;
                }
            },
            events::add,
            now::get);

    private void login(String name, String password, String address) {
        try {
            logins.login(name, password, from(address));
        } catch (RegistryException e) {
            // Whether it is refused is not the question here.
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuditOrigin from(String address) throws UnknownHostException {
        return AuditOrigin.ofClient(Optional.of(InetAddress.getByName(address)));
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.type() + " " + event.caller() + " " + event.credentials() + " "
                        + event.client().map(InetAddress::getHostAddress).orElse("-"))
                .toList();
    }

    @Test
    void aLoginIsToldOnceInFiveMinutesForAClient() {
        for (int i = 0; i < 3; i++) {
            login("alice", "right", "192.0.2.1");
        }
        login("alice", "right", "192.0.2.2");
        login("acme+ci", "right", "192.0.2.1");
        assertThat(told())
                .containsExactly(
                        "LOGIN alice password 192.0.2.1",
                        "LOGIN alice password 192.0.2.2",
                        "LOGIN acme+ci robot 192.0.2.1");

        now.set(now.get().plus(Duration.ofMinutes(5)));
        login("alice", "right", "192.0.2.1");
        assertThat(events).hasSize(4);
    }

    @Test
    void everyWrongPasswordIsToldWithoutThePassword() {
        login("alice", "hunter2", "192.0.2.1");
        login("alice", "hunter2", "192.0.2.1");
        login("nobody", "right", "192.0.2.1");

        assertThat(told())
                .containsExactly(
                        "LOGIN_REFUSED alice password 192.0.2.1",
                        "LOGIN_REFUSED alice password 192.0.2.1",
                        "LOGIN_REFUSED nobody password 192.0.2.1");
        assertThat(events.toString()).doesNotContain("hunter2");
        assertThat(events).extracting(AuditEvent::reason).containsOnly("the name is unknown or the password is wrong");
    }

    @Test
    void tooManyAttemptsAreTold() {
        for (int i = 0; i <= Logins.MOST_FAILURES; i++) {
            login("alice", "wrong " + i, "192.0.2.1");
        }

        assertThat(events.get(Logins.MOST_FAILURES).reason()).isEqualTo("too many wrong passwords");
    }

    @Test
    void aFloodOfAClientIsCountedAndHidesNobodyElse() {
        for (int i = 0; i < 1000; i++) {
            login("user" + i, "wrong", "192.0.2.1");
        }
        assertThat(events).hasSize(RefusalFlood.MOST_OF_A_CLIENT);

        login("alice", "wrong", "192.0.2.2");
        AuditEvent next = events.get(events.size() - 1);
        assertThat(next.caller()).isEqualTo("alice");
        assertThat(next.reason()).contains((1000 - RefusalFlood.MOST_OF_A_CLIENT) + " more before this were not told");

        now.set(now.get().plus(RefusalFlood.WINDOW));
        login("user", "wrong", "192.0.2.1");
        assertThat(events.get(events.size() - 1).reason()).doesNotContain("more");
    }

    @Test
    void aFloodOfManyClientsIsLimitedAltogether() {
        for (int i = 0; i < 2000; i++) {
            login("alice", "wrong", "10.0." + i / 200 + "." + i % 200);
        }

        assertThat(events).hasSize(RefusalFlood.MOST);
    }

    @Test
    void aListenerThatFailsLetsNobodyInAndKeepsNobodyOut() {
        Logins broken = Logins.of(logins.accounts(), event -> {
            throw Expected.failure(new IllegalStateException("no disk"));
        });

        assertThat(broken.login("alice", "right", AuditOrigin.none()).caller().name())
                .isEqualTo("alice");
        assertThatThrownBy(() -> broken.login("alice", "wrong", AuditOrigin.none()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("wrong");
    }

    @Test
    void namesThatNobodyHasAreNotLookedUp() {
        for (String name : List.of("", "a\u0000b", "a\nb", "n".repeat(Logins.LONGEST_NAME + 1))) {
            assertThatThrownBy(() -> logins.login(name, "right", AuditOrigin.none()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("The user name or the password is wrong");
        }
        assertThat(events).extracting(AuditEvent::type).containsOnly(Type.LOGIN_REFUSED);
    }

    @Test
    void strangersDoNotFillTheLogByAskingForTokens() throws UnknownHostException {
        AuditOrigin stranger = from("192.0.2.9");
        for (int i = 0; i < 1_000; i++) {
            logins.events().issued(Optional.empty(), "", stranger);
        }
        assertThat(told()).containsExactly("TOKEN_ISSUED   192.0.2.9");
        now.set(now.get().plus(Duration.ofMinutes(5)));
        logins.events().issued(Optional.empty(), "", stranger);
        assertThat(events).hasSize(2);
    }

    @Test
    void refusalsAreToldAlsoAfterTheClockWasSetBack() {
        for (int i = 0; i < 100; i++) {
            login("nobody", "wrong " + i, "192.0.2.1");
        }
        int before = events.size();
        now.set(now.get().minus(Duration.ofHours(1)));
        login("nobody", "wrong", "192.0.2.1");
        assertThat(events).hasSize(before + 1);
    }
}
