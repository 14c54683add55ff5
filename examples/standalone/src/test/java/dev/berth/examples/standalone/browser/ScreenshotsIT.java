package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of the README, in the directory that a property names. */
@Tag("any-jdk")
@EnabledIfSystemProperty(
        named = "berth.screenshots",
        matches = ".+",
        disabledReason = "-Dberth.screenshots=DIRECTORY makes the pictures of the README there")
class ScreenshotsIT {
    private static final int LARGEST = 150_000;

    @TempDir
    static Path directory;

    @Test
    void aRepositoryAndAnImageAreShown() throws IOException, InterruptedException {
        Path pictures = Path.of(System.getProperty("berth.screenshots"));
        try (ShownRegistry shown = ShownRegistry.withShop(directory);
                Browser browser = Browser.at(shown.address())) {
            shown.awaitScans("shop/web");
            Accounts.signIn(browser, ShownRegistry.MAINTAINER);

            picture(browser, shown, "/repository/shop/web", pictures.resolve("console-repository.png"), 800);
            picture(browser, shown, "/image/shop/web?tag=2.7.0", pictures.resolve("console-image.png"), 1000);
        }
    }

    private static void picture(Browser browser, ShownRegistry shown, String page, Path file, int height)
            throws IOException {
        browser.open(page);
        // The port of a test is nobody's address.
        browser.run(
                "for (const code of document.querySelectorAll('pre code')) {"
                        + "code.textContent = code.textContent.replaceAll(arguments[0], 'registry.example') }",
                shown.address().getAuthority());
        browser.picture(file, height);
        assertThat(Files.size(file)).isBetween(10_000L, (long) LARGEST);
    }
}
