package dev.berth.registry.layout;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The records of an extended header (POSIX.1-2001 "pax"): lines of {@code <length> <name>=<value>}. */
final class PaxRecords {

    private PaxRecords() {}

    static Map<String, String> parse(byte[] content) throws MalformedLayoutException {
        Map<String, String> records = new LinkedHashMap<>();
        int position = 0;
        while (position < content.length) {
            int space = position;
            while (space < content.length && content[space] != ' ') {
                space++;
            }
            int length = length(content, position, space);
            int end = position + length;
            if (end > content.length || end <= space + 1 || content[end - 1] != '\n') {
                throw malformed();
            }
            String record = new String(content, space + 1, end - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw malformed();
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            position = end;
        }
        return records;
    }

    private static int length(byte[] content, int begin, int end) throws MalformedLayoutException {
        try {
            int length = Integer.parseInt(new String(content, begin, end - begin, StandardCharsets.US_ASCII));
            if (length > 0 && length <= content.length) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw malformed();
    }

    private static MalformedLayoutException malformed() {
        return new MalformedLayoutException("a pax header in it is malformed");
    }
}
