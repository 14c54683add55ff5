package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a response of the type {@code multipart/byteranges}, read strictly (RFC 9110, section 14.6). */
final class MultipartRanges {
    private static final Pattern TYPE = Pattern.compile("multipart/byteranges; boundary=([0-9a-zA-Z-]{1,70})");

    /** A part: what its Content-Range says, and its bytes. */
    record Part(String range, byte[] bytes) {}

    private MultipartRanges() {}

    static String boundary(RawResponse response) {
        Matcher type = TYPE.matcher(response.header("Content-Type").orElse(""));
        assertThat(type.matches())
                .as(response.header("Content-Type").toString())
                .isTrue();
        return type.group(1);
    }

    static List<Part> parse(RawResponse response) {
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).isEmpty();
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(response.body().length));
        String boundary = boundary(response);
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
        List<Part> parts = new ArrayList<>();
        Pattern head = Pattern.compile("(?:\r\n)?--" + boundary
                + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes (\\d+)-(\\d+)/(\\d+)\r\n\r\n");
        int position = 0;
        while (!text.startsWith("\r\n--" + boundary + "--\r\n", position)) {
            Matcher matcher = head.matcher(text).region(position, text.length());
            assertThat(matcher.lookingAt())
                    .as("a part at %s of %s", position, text.length())
                    .isTrue();
            int length = Integer.parseInt(matcher.group(2)) - Integer.parseInt(matcher.group(1)) + 1;
            String bytes = text.substring(matcher.end(), matcher.end() + length);
            parts.add(new Part(
                    matcher.group(1) + "-" + matcher.group(2) + "/" + matcher.group(3),
                    bytes.getBytes(StandardCharsets.ISO_8859_1)));
            position = matcher.end() + length;
        }
        assertThat(text.length() - position).isEqualTo(boundary.length() + 8);
        return parts;
    }
}
