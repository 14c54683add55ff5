package dev.berth.examples.standalone.configuration;

import dev.berth.registry.access.NamePattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code console}: the pages of the registry.
 *
 * @param enabled whether there are any
 * @param path where they are mounted
 * @param publishedAt where browsers find them, if a proxy has them at another path
 * @param title what the pages call the registry
 * @param official which repositories the operator vouches for
 * @param sessions for how long somebody is signed in
 * @param audit how much of the audit is kept for the pages
 */
public record ConsoleSettings(
        boolean enabled,
        String path,
        Optional<String> publishedAt,
        String title,
        List<NamePattern> official,
        Sessions sessions,
        Audit audit) {

    /**
     * For how long somebody is signed in with a browser.
     *
     * @param idle after which time without a request a session ends
     * @param lifetime after which time it ends in any case
     */
    public record Sessions(Duration idle, Duration lifetime) {}

    /**
     * How much of the audit is kept: the oldest goes first.
     *
     * @param keep for how long
     * @param mostBytes how many bytes in the storage, about
     */
    public record Audit(Duration keep, long mostBytes) {}

    /** Returns the path of the pages as browsers know it, with a slash at its end. */
    public String publicPath() {
        String shown = publishedAt.orElse(path);
        return shown.endsWith("/") ? shown : shown + "/";
    }
}
