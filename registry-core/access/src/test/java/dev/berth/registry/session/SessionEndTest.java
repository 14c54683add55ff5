package dev.berth.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session ends with what it began with, when somebody ends it, and in time. */
class SessionEndTest {
    private final SessionServers servers = new SessionServers();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    @Test
    void aChangedPasswordEndsIt() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        assertThat(browser.name(server)).isEqualTo("alice");

        servers.changes.setPassword("alice", "another one");

        assertThat(browser.name(server)).isEmpty();
        assertThat(browser.signIn(server, "alice", "another one").statusCode()).isEqualTo(200);
        assertThat(browser.name(server)).isEqualTo("alice");
    }

    @Test
    void aDisabledAccountEndsItAlsoForLater() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        servers.pass(Duration.ofMinutes(2));
        servers.changes.setDisabled("alice", true);

        assertThat(browser.name(server)).isEmpty();

        servers.changes.setDisabled("alice", false);
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void aDeletedAccountEndsItAndAnotherOfTheSameNameDoesNotGetIt() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        servers.changes.removePerson("alice");

        assertThat(browser.name(server)).isEmpty();

        servers.changes.addPerson("alice", "alicealice");
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void aRevokedPersonalTokenEndsWhatItBegan() throws IOException {
        URI server = servers.start().uri();
        NewSecret token = servers.changes.addPersonalToken(
                "alice", "", List.of(NamePattern.parse("dev/**")), Role.READER, Optional.empty());
        browser.signIn(server, "alice", token.secret());
        Browser byPassword = new Browser().signedIn(server, "alice");
        assertThat(browser.name(server)).isEqualTo("alice");

        servers.changes.removePersonalToken("alice", token.account());

        assertThat(browser.name(server)).isEmpty();
        assertThat(byPassword.name(server)).isEqualTo("alice");
    }

    @Test
    void anExpiredPersonalTokenEndsWhatItBegan() throws IOException {
        URI server = servers.start().uri();
        NewSecret token = servers.changes.addPersonalToken(
                "alice",
                "",
                List.of(NamePattern.parse("dev/**")),
                Role.READER,
                Optional.of(servers.now.get().plus(Duration.ofHours(1))));
        browser.signIn(server, "alice", token.secret());
        assertThat(browser.name(server)).isEqualTo("alice");

        servers.pass(Duration.ofHours(1));

        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void signingOutEndsItForWhoeverHasTheCookie() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        String cookie = browser.sessionCookie();

        browser.send(server, "POST", "/test/sign-out", "");

        assertThat(browser.setCookie()).isEqualTo("berth_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        assertThat(browser.cookies).isEmpty();
        browser.cookies.put("berth_session", cookie);
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void withoutUseItEndsAfterAWhile() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        for (int i = 0; i < 3; i++) {
            servers.pass(Duration.ofHours(11));
            assertThat(browser.name(server)).isEqualTo("alice");
        }

        servers.pass(Duration.ofHours(12));

        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void howeverMuchItIsUsedItEndsAfterItsLifetime() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        for (int i = 0; i < 16; i++) {
            servers.pass(Duration.ofHours(10));
            assertThat(browser.name(server)).isEqualTo("alice");
        }

        servers.pass(Duration.ofHours(8));

        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void timesAreThoseOfTheOptions() throws IOException {
        SessionOptions options = servers.options()
                .idle(Duration.ofMinutes(10))
                .lifetime(Duration.ofMinutes(15))
                .build();
        URI server = servers.start(options).uri();
        browser.signedIn(server, "alice");
        servers.pass(Duration.ofMinutes(9));
        assertThat(browser.name(server)).isEqualTo("alice");
        servers.pass(Duration.ofMinutes(6));
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void oneMoreThanAllowedEndsTheOneThatWasNotUsedForLongest() throws IOException {
        SessionServers.Node node = servers.start(servers.options().mostOfOne(2).build());
        Browser first = new Browser().signedIn(node.uri(), "alice");
        servers.pass(Duration.ofMinutes(10));
        Browser second = new Browser().signedIn(node.uri(), "alice");
        servers.pass(Duration.ofMinutes(10));
        assertThat(first.name(node.uri())).isEqualTo("alice");

        Browser third = new Browser().signedIn(node.uri(), "alice");

        assertThat(first.name(node.uri())).isEqualTo("alice");
        assertThat(second.name(node.uri())).isEmpty();
        assertThat(third.name(node.uri())).isEqualTo("alice");
        assertThat(node.sessions().of("alice")).hasSize(2);
    }

    @Test
    void whatHasExpiredIsSweptAlsoOfThoseWhoDoNotComeBack() throws IOException {
        SessionServers.Node node = servers.start();
        new Browser().signedIn(node.uri(), "alice");
        new Browser().signedIn(node.uri(), "bob");
        assertThat(stored()).isEqualTo(2);
        servers.pass(Duration.ofDays(8));

        new Browser().signedIn(node.uri(), "root");

        assertThat(stored()).isEqualTo(1);
        servers.pass(Duration.ofDays(8));
        node.sessions().sweep();
        assertThat(stored()).isZero();
    }

    private int stored() throws IOException {
        return servers.store
                .list(ListRequest.tree(KeyPrefix.of("_berth/access/sessions/")))
                .names()
                .size();
    }

    @Test
    void everyServerOverTheStoreKnowsItAtOnce() throws IOException {
        URI here = servers.start().uri();
        URI there = servers.startElsewhere().uri();
        new Browser().signedIn(there, "alice");
        browser.signedIn(here, "alice");

        assertThat(browser.name(there)).isEqualTo("alice");
    }

    @Test
    void whatEndedOnOneServerEndsOnOthersWithinSeconds() throws IOException {
        SessionServers.Node here = servers.start();
        SessionServers.Node there = servers.startElsewhere();
        browser.signedIn(here.uri(), "alice");
        assertThat(browser.name(there.uri())).isEqualTo("alice");
        here.sessions().endOthers("alice", "");

        servers.pass(Duration.ofSeconds(6));

        assertThat(browser.name(there.uri())).isEmpty();
    }

    @Test
    void aPasswordThatIsChangedOnOneServerEndsItOnOthersAndTheNewOneIsGoodThereAtOnce() throws IOException {
        URI here = servers.start().uri();
        URI there = servers.startElsewhere().uri();
        browser.signedIn(here, "alice");
        assertThat(browser.name(there)).isEqualTo("alice");
        servers.changes.setPassword("alice", "another one");
        Browser again = new Browser();
        again.signIn(here, "alice", "another one");

        assertThat(again.name(there)).isEqualTo("alice");
        assertThat(browser.name(there)).isEmpty();
    }
}
