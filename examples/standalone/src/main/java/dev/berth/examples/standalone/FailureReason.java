package dev.berth.examples.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why something failed: of many failures of files, the message is but the name of the file. */
final class FailureReason {
    private FailureReason() {}

    static String of(IOException e) {
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
