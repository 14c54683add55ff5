package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Something that is shown on a page. Immutable. */
public sealed interface Html extends Content permits Element, Several, Text {
    /** Stands between thousands. */
    char NARROW_SPACE = '\u202f';

    /** Writes it. */
    void writeTo(Appendable out) throws IOException;

    /** Returns a text, whatever is in it. */
    static Html text(String text) {
        return new Text(text);
    }

    /** Returns a number as people write it: with its thousands apart. */
    static Html number(long number) {
        return new Text(String.format(Locale.ROOT, "%,d", number).replace(',', NARROW_SPACE));
    }

    /** Returns nothing. */
    static Html nothing() {
        return Several.NONE;
    }

    /** Returns several, one after the other. */
    static Html of(Html... parts) {
        return new Several(Arrays.asList(parts));
    }

    /** Returns several, one after the other. */
    static Html of(List<? extends Html> parts) {
        return new Several(List.copyOf(parts));
    }

    /** Returns several, one after the other. */
    static Html of(Stream<? extends Html> parts) {
        return of(parts.toList());
    }
}
