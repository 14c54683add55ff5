package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do to be known. */
final class Accounts {
    private Accounts() {}

    static void signIn(Browser browser, String name) {
        browser.forget().open("/sign-in");
        browser.fill("Name", name)
                .fill("Password or personal token", ShownRegistry.PASSWORD)
                .press("Sign in");
        assertThat(browser.texts("nav")).anyMatch(menu -> menu.contains(name));
    }

    static void signOut(Browser browser) {
        browser.open("/sign-out").press("Sign out");
    }
}
