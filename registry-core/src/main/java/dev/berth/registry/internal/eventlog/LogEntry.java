package dev.berth.registry.internal.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one entry of the log has: a line, and the payload after it. Immutable; the payload is not copied.
 */
public final class LogEntry {
    private static final int LONGEST_LINE = 400;
    private static final Pattern LINE = Pattern.compile("berth-log 1 (changes|reads) (\\*|[^ ]+)");

    private final boolean reads;
    private final Optional<String> receiver;
    private final byte[] payload;

    /**
     * Creates an entry.
     *
     * @param reads whether the payload is one batch rather than several changes
     * @param receiver the only one that gets it, if not all do who want it
     */
    public LogEntry(boolean reads, Optional<String> receiver, byte[] payload) {
        this.reads = reads;
        this.receiver = receiver;
        this.payload = payload;
    }

    /** Returns whether the payload is one batch. */
    public boolean reads() {
        return reads;
    }

    /** Returns the only one that gets it. */
    public Optional<String> receiver() {
        return receiver;
    }

    /** Returns the payload, which must not be changed. */
    public byte[] payload() {
        return payload;
    }

    byte[] toBytes() {
        byte[] line = ("berth-log 1 " + (reads ? "reads" : "changes") + " "
                        + receiver.map(ReceiverKeys::segment).orElse("*") + "\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(line, line.length + payload.length);
        System.arraycopy(payload, 0, bytes, line.length, payload.length);
        return bytes;
    }

    static LogEntry parse(byte[] bytes) throws UnreadableException {
        int end = 0;
        while (end < bytes.length && end < LONGEST_LINE && bytes[end] != '\n') {
            end++;
        }
        Matcher line = LINE.matcher(new String(bytes, 0, end, StandardCharsets.UTF_8));
        if (end == bytes.length || !line.matches()) {
            throw new UnreadableException("it does not begin as an entry of version 1 does");
        }
        Optional<String> receiver =
                line.group(2).equals("*") ? Optional.empty() : Optional.of(ReceiverKeys.name(line.group(2)));
        return new LogEntry(line.group(1).equals("reads"), receiver, Arrays.copyOfRange(bytes, end + 1, bytes.length));
    }
}
