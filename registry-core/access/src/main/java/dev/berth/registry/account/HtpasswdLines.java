package dev.berth.registry.account;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of an htpasswd file: a line {@code name:hash} for each user, empty lines and comments. Immutable.
 *
 * @param users the hashes of passwords by the names of users
 * @param problems what is wrong with some lines: their number and the reason, never what they contain
 */
record HtpasswdLines(Map<String, PasswordHash> users, List<String> problems) {
    private static final int LONGEST_NAME = 255;

    HtpasswdLines {
        users = Map.copyOf(users);
        problems = List.copyOf(problems);
    }

    static HtpasswdLines parse(byte[] content) {
        Map<String, PasswordHash> users = new HashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            Optional<String> problem = line(decoded(content, start, end), users);
            if (problem.isPresent()) {
                problems.add("line " + number + ": " + problem.get());
            }
            start = end + 1;
        }
        return new HtpasswdLines(users, problems);
    }

    private static Optional<String> decoded(byte[] content, int start, int end) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content, start, end - start))
                    .toString()
                    .strip());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Adds the user of a line, or returns what is wrong with it. */
    private static Optional<String> line(Optional<String> text, Map<String, PasswordHash> users) {
        if (text.isEmpty()) {
            return Optional.of("it is not in UTF-8");
        }
        String line = text.get();
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
            return Optional.of("it is not of the form name:hash");
        }
        String name = line.substring(0, colon);
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the name is longer than " + LONGEST_NAME + " characters or has a control character");
        }
        if (users.containsKey(name)) {
            return Optional.of("the user has a line above already, which counts");
        }
        try {
            users.put(name, PasswordHash.parse(line.substring(colon + 1)));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The greatest cost of a hash, or the default if there are no users. */
    int highestCost(int byDefault) {
        return users.values().stream().mapToInt(PasswordHash::cost).max().orElse(byDefault);
    }
}
