package dev.berth.examples.standalone.clients;

import static dev.berth.examples.standalone.clients.TeamRegistry.PUBLIC;
import static dev.berth.examples.standalone.clients.TeamRegistry.SECRET;
import static dev.berth.examples.standalone.clients.TeamRegistry.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import java.io.IOException;
import java.util.regex.Pattern;

/** What the user of a client sees: before logging in, with the wrong password, logged in, and after logging out. */
final class AccessScenario {
    /** What a client says that is not allowed to. Answers to HEAD have no text, so some have but a status to show. */
    private static final Pattern REFUSED = Pattern.compile(
            "denied|unauthorized|40[13]:? (Unauthorized|Forbidden)|StatusCode: 40[13]|authentication required"
                    + "|invalid username/password|no basic auth credentials|basic credential not found"
                    + "|insufficient_scope: authorization failed");

    /** What a client says about a registry that does something wrong. */
    private static final Pattern PUZZLED = Pattern.compile(
            "unknown|unexpected EOF|invalid character|malformed|panic|internal|\\b5\\d\\d (Internal|Bad|Service)");

    private final TeamRegistry registry;
    private final Credential credential;
    private final Client client;
    private int tags;

    AccessScenario(TeamRegistry registry, Credential credential, Client client) {
        this.registry = registry;
        this.credential = credential;
        this.client = client;
    }

    void happens() throws IOException, InterruptedException {
        nobodyIsLoggedIn();
        requireRefused(client.login(registry.host(), credential.user(), "wrong"));
        requireRefused(client.login(registry.host(), "nobody", registry.password()));
        client.logout(registry.host());
        nobodyIsLoggedIn();

        client.login(registry.host(), credential.user(), registry.password()).successful();
        client.pull(image(TEAM, "1")).successful();
        push(TEAM, credential.mayPush());
        push(PUBLIC, credential.mayDoEverything());
        push(SECRET, credential.mayDoEverything());
        if (credential.mayDoEverything()) {
            client.pull(image(SECRET, "1")).successful();
        } else {
            requireRefused(client.pull(image(SECRET, "1")));
            requireRefused(client.pull(image("does/not-exist", "1")));
        }

        client.logout(registry.host()).successful();
        nobodyIsLoggedIn();
    }

    private void nobodyIsLoggedIn() throws IOException, InterruptedException {
        if (credential.isForTokens()) {
            client.pull(image(PUBLIC, "1")).successful();
        } else {
            requireRefused(client.pull(image(PUBLIC, "1")));
        }
        requireRefused(client.pull(image(TEAM, "1")));
        push(PUBLIC, false);
        push(TEAM, false);
    }

    private void push(String repository, boolean allowed) throws IOException, InterruptedException {
        String tag = "new-" + ++tags;
        Outcome outcome = client.push(image(repository, tag));
        if (allowed) {
            outcome.successful();
            client.pull(image(repository, tag)).successful();
        } else {
            requireRefused(outcome);
        }
        assertThat(registry.has(repository, tag)).as(outcome.toString()).isEqualTo(allowed);
    }

    private String image(String repository, String tag) {
        return registry.host() + "/" + repository + ":" + tag;
    }

    private static void requireRefused(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        assertThat(outcome.err()).containsPattern(REFUSED).doesNotContainPattern(PUZZLED);
    }
}
