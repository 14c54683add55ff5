package dev.berth.registry.ldap;

import static dev.berth.registry.ldap.FakeDirectory.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the directory is asked, and how old what is known may be. */
class LdapCacheTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private FakeDirectory directory;
    private LdapAccounts accounts;

    @BeforeEach
    void setUp() throws Exception {
        directory = new FakeDirectory();
        directory.user("Alice", "alice");
        directory.user("Bob", "bob");
        directory.add(
                "dn: cn=team," + FakeDirectory.GROUPS,
                "objectClass: groupOfNames",
                "cn: team",
                "member: cn=Alice," + FakeDirectory.USERS);
        accounts = LdapAccounts.open(directory.options().clock(now::get).build());
    }

    @AfterEach
    void tearDown() {
        accounts.close();
        directory.close();
    }

    private void later(Duration time) {
        now.set(now.get().plus(time));
    }

    private Optional<Account> login(String name) {
        return accounts.authenticate(name, password(name));
    }

    private int asked() {
        return directory.searches().size() + directory.binds().size();
    }

    @Test
    void asksOnceInFiveSeconds() {
        login("alice");
        int once = asked();

        login("alice");
        accounts.find("ldap:alice");
        later(Duration.ofSeconds(4));
        login("alice");
        accounts.find("ldap:alice");

        assertThat(asked()).isEqualTo(once);

        later(Duration.ofSeconds(1));
        login("alice");
        accounts.find("ldap:alice");
        assertThat(asked()).as("the user and its groups").isEqualTo(once + 2);
    }

    @Test
    void asksAboutAPasswordOnceInFiveMinutes() {
        login("alice");
        later(Duration.ofSeconds(299));
        login("alice");
        assertThat(directory.binds()).containsOnlyOnce("cn=Alice," + FakeDirectory.USERS);

        later(Duration.ofSeconds(1));
        login("alice");
        assertThat(directory.binds())
                .filteredOn(name -> name.startsWith("cn=Alice"))
                .hasSize(2);
    }

    @Test
    void sendsAWrongPasswordOnceInTwoSeconds() {
        assertThat(accounts.authenticate("alice", "wrong")).isEmpty();
        int once = asked();
        assertThat(accounts.authenticate("alice", "wrong")).isEmpty();
        assertThat(asked()).isEqualTo(once);
        assertThat(login("alice")).isPresent();

        later(Duration.ofSeconds(2));
        accounts.authenticate("alice", "wrong");
        assertThat(directory.binds())
                .filteredOn(name -> name.startsWith("cn=Alice"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "token:1", "robot:acme+ci", "oidc:alice", "", "ldap:", "ldap:a+b", "ldap:\0"})
    void doesNotAskAboutAccountsOfOthers(String subject) {
        assertThat(accounts.find(subject)).isEmpty();
        assertThat(asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme+ci", "", " ", "alice\n"})
    void sendsNoPasswordForNamesThatNobodyHas(String name) {
        assertThat(accounts.authenticate(name, "a secret")).isEmpty();
        assertThat(accounts.authenticate("alice", "")).isEmpty();
        assertThat(accounts.authenticate("alice", "\0")).isEmpty();
        assertThat(accounts.authenticate("x".repeat(257), "a secret")).isEmpty();
        assertThat(asked()).isZero();
    }

    @Test
    void replacesTheGroups() throws Exception {
        assertThat(login("alice").orElseThrow().caller().groups()).containsExactly("ldap:team");

        directory.add(
                "dn: cn=other," + FakeDirectory.GROUPS,
                "objectClass: groupOfNames",
                "cn: other",
                "member: cn=Alice," + FakeDirectory.USERS);
        directory.server().delete("cn=team," + FakeDirectory.GROUPS);
        later(Duration.ofSeconds(5));

        assertThat(accounts.find("ldap:alice").orElseThrow().caller().groups()).containsExactly("ldap:other");
        assertThat(login("alice").orElseThrow().caller().groups()).containsExactly("ldap:other");
    }

    @Test
    void asksOnceForAllWhoWaitForTheSame() throws Exception {
        int clients = 20;
        CountDownLatch started = new CountDownLatch(clients);
        directory.onSearch(filter -> {
            try {
                // The first search waits until everybody else does.
                started.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Optional<Account>>> logins = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                logins.add(executor.submit(() -> {
                    started.countDown();
                    return login("alice");
                }));
            }
            for (Future<Optional<Account>> each : logins) {
                assertThat(each.get()).isPresent();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(directory.binds())
                .filteredOn(name -> name.startsWith("cn=Alice"))
                .hasSize(1);
    }

    @Test
    void goesOnWithWhoIsKnownWhileOthersUseAllThreads() throws Exception {
        accounts.close();
        accounts = LdapAccounts.open(directory
                .options()
                .clock(now::get)
                .connections(1)
                .deadline(Duration.ofMillis(400))
                .build());
        login("alice");
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        directory.onSearch(filter -> {
            busy.countDown();
            try {
                end.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread guessing = new Thread(() -> assertThatThrownBy(() -> login("bob")));
        guessing.start();
        busy.await();
        later(Duration.ofSeconds(6));

        assertThat(login("alice")).isPresent();

        end.countDown();
        guessing.join();
    }

    @Test
    void asksNobodyAgainForTwoSecondsAfterAnOutage() {
        login("alice");
        directory.server().shutDown(true);
        later(Duration.ofSeconds(5));

        assertThat(login("alice")).isPresent();
        assertThatThrownBy(() -> login("bob")).isInstanceOf(RegistryException.class);
    }

    @Test
    void keepsTheSearchIdentityOnItsConnection() {
        login("alice");
        login("bob");
        accounts.authenticate("alice", "wrong");

        assertThat(directory.binds()).containsOnlyOnce(FakeDirectory.SEARCHER);
    }

    @Test
    void answersUnavailableWhenClosed() {
        login("alice");
        accounts.close();

        assertThatThrownBy(() -> login("bob")).isInstanceOf(RegistryException.class);
    }

    @Test
    void asksAgainAfterTheClockWasSetBack() {
        login("alice");
        later(Duration.ofHours(-1));
        int before = asked();
        assertThat(accounts.find("ldap:alice")).isPresent();
        assertThat(asked()).isGreaterThan(before);

        int now = asked();
        assertThat(accounts.find("ldap:alice")).isPresent();
        assertThat(asked()).as("what was found is kept again").isEqualTo(now);
    }
}
