package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory did not answer a question. The message is for the log, and contains no password. */
final class DirectoryException extends Exception {
    private static final int LONGEST_MESSAGE = 300;

    /** After these nothing is to be expected of a server. */
    private static final Set<ResultCode> CONNECTION = Set.of(
            ResultCode.SERVER_DOWN,
            ResultCode.CONNECT_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.LOCAL_ERROR,
            ResultCode.DECODING_ERROR,
            ResultCode.ENCODING_ERROR,
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE);

    private final Kind kind;

    /** What failed. */
    enum Kind {
        /** The server or the way to it: another one may answer. */
        CONNECTION,
        /** The server does not answer in time. */
        TIMEOUT,
        /** The settings do not suit the directory: nothing will work. */
        SETTINGS,
        /** This question only. */
        QUESTION
    }

    private DirectoryException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static DirectoryException connection(String message, @Nullable Throwable cause) {
        return new DirectoryException(Kind.CONNECTION, message, cause);
    }

    static DirectoryException settings(String message, Throwable cause) {
        return new DirectoryException(Kind.SETTINGS, message, cause);
    }

    /** @param what what was done, as the beginning of a sentence */
    static DirectoryException of(String what, LDAPException e) {
        ResultCode code = e.getResultCode();
        Kind kind = code.equals(ResultCode.TIMEOUT)
                ? Kind.TIMEOUT
                : CONNECTION.contains(code) ? Kind.CONNECTION : Kind.QUESTION;
        return new DirectoryException(kind, what + " failed: " + reason(e), e);
    }

    static String reason(LDAPException e) {
        String diagnostic = e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage();
        String text = e.getResultCode() + (diagnostic == null ? "" : ", " + diagnostic.strip());
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
    }

    Kind kind() {
        return kind;
    }
}
