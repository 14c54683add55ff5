package dev.berth.registry.internal.eventlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages as bytes: a line for the version, and for each message a line and its payload. */
final class QueueText {
    private static final String FIRST = "berth-queue 1";
    private static final Pattern LINE = Pattern.compile("m (\\S+) (\\S+) (\\d{1,15}) (\\d{1,9})");
    private static final int LONGEST_LINE = 2_000;

    private QueueText() {}

    static byte[] write(List<QueuedMessage> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        line(bytes, FIRST);
        for (QueuedMessage message : messages) {
            line(
                    bytes,
                    "m " + message.id() + " /" + message.lane() + " "
                            + Math.max(0, message.since().toEpochMilli()) + " " + message.payload().length);
            bytes.writeBytes(message.payload());
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static void line(ByteArrayOutputStream bytes, String line) {
        bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static List<QueuedMessage> read(byte[] bytes) throws UnreadableException {
        Reader reader = new Reader(bytes);
        if (!reader.line().equals(FIRST)) {
            throw new UnreadableException("it does not begin as version 1 does");
        }
        List<QueuedMessage> messages = new ArrayList<>();
        while (reader.position < bytes.length) {
            Matcher line = LINE.matcher(reader.line());
            if (!line.matches()) {
                throw new UnreadableException("the line before byte " + reader.position + " is none of a message");
            }
            messages.add(new QueuedMessage(
                    line.group(1),
                    line.group(2).substring(1),
                    Instant.ofEpochMilli(Long.parseLong(line.group(3))),
                    reader.payload(Integer.parseInt(line.group(4)))));
        }
        return messages;
    }

    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        String line() throws UnreadableException {
            int end = position;
            while (end < bytes.length && bytes[end] != '\n' && end - position < LONGEST_LINE) {
                end++;
            }
            if (end == bytes.length || bytes[end] != '\n') {
                throw new UnreadableException("it has no end of a line after byte " + position);
            }
            String line = new String(bytes, position, end - position, StandardCharsets.UTF_8);
            position = end + 1;
            return line;
        }

        byte[] payload(int length) throws UnreadableException {
            int end = position + length;
            if (end < position || end >= bytes.length || bytes[end] != '\n') {
                throw new UnreadableException("the payload after byte " + position + " is cut");
            }
            byte[] payload = Arrays.copyOfRange(bytes, position, end);
            position = end + 1;
            return payload;
        }
    }
}
