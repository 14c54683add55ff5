package dev.berth.registry.account.store;

import java.util.Optional;

/**
 * The name of a robot: its owner, a plus sign, and its own name.
 *
 * @param owner the name of an organisation or of a person
 * @param name the rest
 */
record RobotName(String owner, String name) {
    private static final char SEPARATOR = '+';

    /** Reads a name that somebody logs in with, or returns empty if it is not that of a robot. */
    static Optional<RobotName> parse(String text) {
        // The owner may come from outside, and have a plus sign in a name such as a mail address.
        int plus = text.lastIndexOf(SEPARATOR);
        if (plus <= 0
                || !AccountNames.isRobot(text.substring(plus + 1))
                || !ObjectNames.fits(text.substring(0, plus))) {
            return Optional.empty();
        }
        return Optional.of(new RobotName(text.substring(0, plus), text.substring(plus + 1)));
    }

    @Override
    public String toString() {
        return owner + SEPARATOR + name;
    }
}
