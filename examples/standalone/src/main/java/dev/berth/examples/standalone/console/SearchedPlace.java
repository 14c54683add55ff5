package dev.berth.examples.standalone.console;

import dev.berth.examples.standalone.accounts.LoginFlags;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to search for what.
 *
 * @param host the registry, with its port
 * @param words what to look for; empty for everything
 */
record SearchedPlace(String host, String words) {

    /**
     * Reads a command line, as 'docker search' does: the first word may begin with a host.
     *
     * @param usual the host if there is none
     */
    static SearchedPlace of(List<String> words, String usual) {
        String first = words.get(0);
        int slash = first.indexOf('/');
        if (slash < 0 || !isHost(first.substring(0, slash))) {
            return new SearchedPlace(usual, String.join(" ", words));
        }
        List<String> rest = new ArrayList<>(words);
        rest.set(0, first.substring(slash + 1));
        return new SearchedPlace(
                LoginFlags.hostOf(first.substring(0, slash)),
                String.join(" ", rest).strip());
    }

    /** What cannot be the first part of the name of a repository. */
    private static boolean isHost(String text) {
        return text.equals("localhost") || text.contains(".") || text.contains(":");
    }
}
