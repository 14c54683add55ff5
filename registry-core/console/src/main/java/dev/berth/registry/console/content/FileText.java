package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.focusable;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.PRE;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows the beginning of a file: as lines if it is text, otherwise as bytes. It is never taken for anything else. */
final class FileText {
    private static final int MOST_LINES = 5_000;
    private static final int MOST_BYTES = 1_024;
    private static final int BYTES_OF_LINE = 16;

    private FileText() {}

    static Html of(FileHead head) {
        if (head.length() == 0) {
            return P.of(css("empty"), text("It is empty."));
        }
        Optional<String> text = head.text();
        return text.isPresent() ? lines(text.get(), head) : bytes(head);
    }

    private static Html lines(String content, FileHead head) {
        String[] lines = content.split("\r\n|\n|\r", -1);
        int number = lines.length > 0 && lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        List<Html> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(number, MOST_LINES); i++) {
            shown.add(SPAN.of(css("line"), text(lines[i])));
            shown.add(text("\n"));
        }
        String cut = number > MOST_LINES
                ? "These are the first " + Texts.amount(MOST_LINES) + " lines."
                : head.isCut() ? "This is the beginning, " + Texts.size(head.length()) + " of it." : "";
        return Html.of(
                cut.isEmpty() ? Html.nothing() : P.of(css("note"), text(cut)),
                PRE.of(css("lines"), focusable(), role("region"), aria("label", "Text of the file"), Html.of(shown)));
    }

    private static Html bytes(FileHead head) {
        byte[] bytes = head.bytes();
        int number = Math.min(bytes.length, MOST_BYTES);
        StringBuilder dump = new StringBuilder();
        for (int offset = 0; offset < number; offset += BYTES_OF_LINE) {
            line(dump, bytes, offset, Math.min(number, offset + BYTES_OF_LINE));
        }
        String said = bytes.length > number || head.isCut()
                ? "This is no text. These are its first " + Texts.size(number) + "."
                : "This is no text. These are its bytes.";
        return Html.of(
                P.of(css("note"), text(said)),
                PRE.of(
                        css("bytes"),
                        focusable(),
                        role("region"),
                        aria("label", "Bytes of the file"),
                        text(dump.toString())));
    }

    private static void line(StringBuilder dump, byte[] bytes, int from, int to) {
        dump.append(String.format(Locale.ROOT, "%08x ", from));
        StringBuilder letters = new StringBuilder();
        for (int i = from; i < from + BYTES_OF_LINE; i++) {
            if (i < to) {
                int value = bytes[i] & 0xff;
                dump.append(String.format(Locale.ROOT, " %02x", value));
                letters.append(value >= ' ' && value < 0x7f ? (char) value : '.');
            } else {
                dump.append("   ");
            }
        }
        dump.append("  ").append(letters).append('\n');
    }
}
