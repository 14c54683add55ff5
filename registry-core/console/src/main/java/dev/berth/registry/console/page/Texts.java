package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.directionOfItsOwn;
import static dev.berth.registry.console.html.Attributes.time;
import static dev.berth.registry.console.html.Attributes.title;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.BDI;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.TIME;

import dev.berth.registry.Digest;
import dev.berth.registry.console.html.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as people read them. */
public final class Texts {
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int THOUSAND = 1_000;
    private static final int SHORT_DIGEST = 12;
    private static final int DAYS_OF_MONTH = 30;
    private static final int DAYS_OF_YEAR = 365;

    private Texts() {}

    /** Returns a number of bytes, in units of a thousand as registries and disks count. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND - 0.5 && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f\u00a0%s" : "%.1f\u00a0%s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }

    /** Returns how long ago something was, with the time itself where a pointer rests. */
    public static Html ago(Instant then, Instant now) {
        return TIME.of(time(then), title(TO_THE_SECOND.format(then)), text(ago(Duration.between(then, now))));
    }

    public static String ago(Duration age) {
        if (age.isNegative() || age.toSeconds() < 60) {
            return "just now";
        }
        if (age.toMinutes() < 60) {
            return several(age.toMinutes(), "minute");
        }
        if (age.toHours() < 48) {
            return several(age.toHours(), "hour");
        }
        long days = age.toDays();
        if (days < 2 * DAYS_OF_MONTH) {
            return several(days, "day");
        }
        return days < 2 * DAYS_OF_YEAR ? several(days / DAYS_OF_MONTH, "month") : several(days / DAYS_OF_YEAR, "year");
    }

    private static String several(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }

    /** Returns "1 tag", "2 tags". */
    public static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    /** Returns "1 repository", "2 repositories". */
    public static String count(long number, String one, String several) {
        return amount(number) + " " + (number == 1 ? one : several);
    }

    /** Returns a number with its thousands apart. */
    public static String amount(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', Html.NARROW_SPACE);
    }

    /** Returns the beginning of a digest, which is enough to know it again, with all of it where a pointer rests. */
    public static Html digest(Digest digest) {
        return CODE.of(
                css("digest"),
                title(digest.toString()),
                text(digest.hex()
                        .substring(0, Math.min(SHORT_DIGEST, digest.hex().length()))));
    }

    /** Returns a text of strangers, which neither runs nor turns anything around it. */
    public static Html foreign(String text) {
        return BDI.of(directionOfItsOwn(), text(text));
    }
}
