package dev.berth.registry.server.resources;

import org.jspecify.annotations.Nullable;

/** One line that has the message of an exception, and those of its causes as far as they say more. */
final class FailureChain {
    private static final int MOST_CAUSES = 5;

    private FailureChain() {}

    static String of(Throwable failure) {
        StringBuilder line = new StringBuilder(text(failure));
        @Nullable Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause.getMessage() == null || line.indexOf(text(cause)) < 0) {
                line.append("; caused by ")
                        .append(cause.getClass().getSimpleName())
                        .append(": ")
                        .append(text(cause));
            }
            cause = cause.getCause();
        }
        return line.toString();
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\R", " ");
    }
}
