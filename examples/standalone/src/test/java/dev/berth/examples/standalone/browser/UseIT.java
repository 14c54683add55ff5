package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.browser.Browser.Screen;
import dev.berth.registry.BlobSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.RemoteRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with the console, in a browser: with scripts and without them. */
@Tag("any-jdk")
class UseIT {
    @TempDir
    static Path directory;

    private static ShownRegistry shown;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        shown = ShownRegistry.withShop(directory);
        browser = Browser.at(shown.address());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (shown != null) {
            shown.close();
        }
    }

    @BeforeEach
    void begin() {
        browser.scripts(true).on(Screen.DESKTOP).forget();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsSearchedForIsThereWhileOneTypes() throws InterruptedException {
        Accounts.signIn(browser, ShownRegistry.ADMINISTRATOR);
        browser.open("/");

        browser.write("Search repositories", "mail");

        browser.until("mailer is found", () -> browser.texts("main h2 a").equals(List.of("shop/mailer")));
        assertThat(browser.path()).isEqualTo("/?q=mail");
        browser.press("shop/mailer");
        assertThat(browser.texts("h1")).containsExactly("shop/mailer");
    }

    @Test
    void aSearchWithoutScriptsIsAForm() {
        browser.scripts(false).open("/");

        browser.write("Search repositories", "web").press("Search");

        assertThat(browser.path()).isEqualTo("/?q=web");
        assertThat(browser.texts("main h2 a")).first().isEqualTo("shop/web");
        assertThat(browser.has("button[aria-label='Copy the command']")).isFalse();
    }

    @Test
    void aCommandIsCopiedByAPress() throws InterruptedException {
        browser.withClipboard().open("/repository/shop/web");

        browser.press("Copy the command");

        browser.until(
                "it is copied", () -> browser.has("button") && browser.text().contains("Copied"));
        assertThat(browser.await("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo("docker pull " + shown.address().getAuthority() + "/shop/web:latest");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignsInSeesMoreUntilSigningOut(boolean scripts) {
        browser.scripts(scripts).open("/");
        assertThat(browser.text()).contains("shop/web").doesNotContain("shop/api");

        browser.press("Sign in").fill("Name", ShownRegistry.READER).fill("Password or personal token", "wrong");
        browser.press("Sign in");
        assertThat(browser.text()).contains("The name or the password is wrong.");
        assertThat(browser.has("nav a[href*=account]")).isFalse();

        browser.fill("Password or personal token", ShownRegistry.PASSWORD).press("Sign in");
        assertThat(browser.text()).contains(ShownRegistry.READER, "shop/api").doesNotContain("secret/plan");
        assertThat(browser.cookies()).isNotEmpty().allMatch(cookie -> cookie.matches(".* httpOnly (Strict|Lax)"));

        browser.open("/repository/shop/api");
        String seen = browser.path();
        Accounts.signOut(browser);
        assertThat(browser.text()).contains("Sign in").doesNotContain("shop/api");
        browser.back().back();
        assertThat(browser.text()).as("after going back from %s", seen).doesNotContain("Orders and payments");
        assertThat(browser.open(seen).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonalTokenIsShownOnceAndPushes(boolean scripts) {
        browser.scripts(scripts).on(Screen.PHONE);
        Accounts.signIn(browser, ShownRegistry.MAINTAINER);
        String purpose = "pipeline " + scripts;
        browser.open("/account/tokens")
                .fill("What it is for", purpose)
                .fill("Repositories, one name or pattern in a line, such as team/**", "shop/pushed")
                .choose("Role", "writer")
                .press("Make it");
        String secret = browser.texts("main pre code").get(0);

        push(secret, "shop/pushed");
        assertThatThrownBy(() -> push(secret, "shop/web")).isInstanceOf(RegistryException.class);

        browser.press("Done");
        assertThat(browser.text()).contains(purpose).doesNotContain(secret);
        browser.press("Revoke").press("Revoke it");
        assertThat(browser.text()).doesNotContain(purpose);
        assertThatThrownBy(() -> push(secret, "shop/pushed")).isInstanceOf(RegistryException.class);
    }

    private static void push(String secret, String repository) {
        try (RemoteRegistry registry = shown.registry(ShownRegistry.MAINTAINER, secret)) {
            registry.repository(RepositoryName.parse(repository))
                    .blobs()
                    .push(BlobSource.of(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsDeletedIsRestoredFromTheTrash(boolean scripts) {
        String tag = scripts ? "2.3.0" : "2.4.0";
        browser.scripts(scripts);
        Accounts.signIn(browser, ShownRegistry.MAINTAINER);
        browser.open("/image/shop/web?tag=" + tag).press("Delete the tag " + tag);
        assertThat(browser.texts("h1")).containsExactly("Delete the tag " + tag + " of shop/web?");
        browser.press("Delete");
        assertThat(browser.text()).contains("is not there any more");
        assertThat(browser.open("/image/shop/web?tag=" + tag).status()).isEqualTo(404);

        Accounts.signIn(browser, ShownRegistry.ADMINISTRATOR);
        browser.open("/operations/trash?repository=shop/web").press("Restore the tag " + tag);

        assertThat(browser.text()).contains("Manifests and tags that are there again: 1");
        assertThat(browser.open("/image/shop/web?tag=" + tag).status()).isEqualTo(200);
    }

    @Test
    void aSessionThatIsEndedElsewhereEndsAtOnce() {
        Accounts.signIn(browser, ShownRegistry.READER);
        try (Browser other = Browser.at(shown.address())) {
            Accounts.signIn(other, ShownRegistry.READER);
            other.open("/account/sessions").press("End all others").press("End them");
            assertThat(other.text()).contains("this browser").doesNotContain("End all others");
            assertThat(other.complaints()).isEmpty();
        }

        browser.open("/");
        assertThat(browser.text()).contains("Sign in").doesNotContain("shop/api");
    }
}
