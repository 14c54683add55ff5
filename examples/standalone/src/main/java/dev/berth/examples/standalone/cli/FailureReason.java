package dev.berth.examples.standalone.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words the reason of an I/O failure for a message. The message of many file exceptions is only the name of the file. */
public final class FailureReason {
    private FailureReason() {}

    /** Returns the reason, to follow a colon. */
    public static String of(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            return "the system refuses access to " + failure.getFile();
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? "the system does not say why" : message;
    }
}
