package dev.berth.examples.standalone.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What keeps people out of the page that a browser shows, as far as axe-core can find it. */
final class Axe {
    private static final String RUN = """
            const [rules, done] = arguments;
            const only = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
            axe.run(document, {resultTypes: ['violations'], ...only}).then(
                found => done(found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node =>
                    `${rule.impact} ${rule.id}: ${rule.help}: ${node.html} ${(node.any[0] || {message: ''}).message}`))),
                error => done(['axe failed: ' + error]));
            """;

    private final String script = source();

    private static String source() {
        try (InputStream resource = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what it finds, of all rules or of some. */
    List<String> violations(Browser browser, String... rules) {
        if (!Boolean.TRUE.equals(browser.run("return typeof axe === 'object'"))) {
            browser.run(script);
        }
        return ((List<?>) browser.await(RUN, List.of(rules)))
                .stream().map(String::valueOf).toList();
    }
}
