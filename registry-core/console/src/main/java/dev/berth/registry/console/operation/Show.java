package dev.berth.registry.console.operation;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.time;
import static dev.berth.registry.console.html.Attributes.title;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TIME;
import static dev.berth.registry.console.html.Tag.UL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values of the management APIs as people read them. What strangers may have written stays text. */
public final class Show {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int SHORT_DIGEST = 12;

    private Show() {}

    /** How something is. */
    public enum State {
        GOOD,
        BAD,
        OFF
    }

    /** Returns a word for how something is. */
    public static Html state(State state, String word) {
        return SPAN.of(css("state " + state.name().toLowerCase(Locale.ROOT)), text(word));
    }

    /** Returns how long ago a time in a field was, or what stands for none. */
    public static Html ago(JsonNode object, String field, Instant now, String ifNone) {
        return Json.find(object, field)
                .map(Instant::parse)
                .map(time -> Texts.ago(time, now))
                .orElseGet(() -> text(ifNone));
    }

    /** Returns when something ends at a time in a field, or what stands for none. */
    public static Html until(JsonNode object, String field, Instant now, String ifNone) {
        Optional<Instant> end = Json.find(object, field).map(Instant::parse);
        if (end.isEmpty()) {
            return text(ifNone);
        }
        Instant then = end.get();
        if (!then.isAfter(now)) {
            return Html.of(state(State.BAD, "over"), text(" since "), day(then));
        }
        return Html.of(day(then), text(" (" + in(Duration.between(now, then)) + ")"));
    }

    /** Returns when something goes on at a time in a field, or what stands for none. */
    public static Html at(JsonNode object, String field, Instant now, String ifNone) {
        return Json.find(object, field)
                .map(Instant::parse)
                .<Html>map(then -> TIME.of(
                        time(then),
                        title(then.toString()),
                        text(then.isAfter(now) ? in(Duration.between(now, then)) : "now")))
                .orElseGet(() -> text(ifNone));
    }

    private static Html day(Instant then) {
        return TIME.of(time(then), title(then.toString()), text(DAY.format(then)));
    }

    private static String in(Duration left) {
        if (left.toMinutes() < 120) {
            return "in " + (left.toMinutes() + 1) + " minutes";
        }
        return left.toHours() < 48 ? "in " + left.toHours() + " hours" : "in " + left.toDays() + " days";
    }

    /** Returns texts in a list, each as code. */
    public static Html codes(List<String> texts, String ifNone) {
        return texts.isEmpty()
                ? text(ifNone)
                : UL.of(css("inline"), Html.of(texts.stream().map(one -> LI.of(code(one)))));
    }

    /** Returns a text of a technical kind: a pattern, an identifier. */
    public static Html code(String text) {
        return CODE.of(css("long"), Texts.foreign(text));
    }

    /** Returns the beginning of a digest in a field, with all of it where a pointer rests; nothing if there is none. */
    public static Html digest(JsonNode object, String field) {
        return Json.find(object, field)
                .<Html>map(digest -> CODE.of(
                        css("digest"),
                        title(digest),
                        text(digest.substring(digest.indexOf(':') + 1)
                                .substring(0, Math.min(SHORT_DIGEST, digest.length() - digest.indexOf(':') - 1)))))
                .orElse(Html.nothing());
    }

    /** Returns texts in a list. */
    public static Html names(List<String> texts, String ifNone) {
        return texts.isEmpty()
                ? text(ifNone)
                : UL.of(css("inline"), Html.of(texts.stream().map(one -> LI.of(Texts.foreign(one)))));
    }

    /** Returns a link with a text of strangers. */
    public static Html named(Link to, String name) {
        return A.of(href(to), Texts.foreign(name));
    }

    /** Returns a link. */
    public static Html link(Link to, String what) {
        return A.of(href(to), text(what));
    }

    /** Returns what can be done with a row or a page. */
    public static Html actions(Html... links) {
        return P.of(css("actions"), Html.of(links));
    }

    /** Returns an explanation. */
    public static Html note(String sentence) {
        return P.of(css("note"), text(sentence));
    }

    /** Returns the links of a list in pages. */
    public static Html pages(Link first, boolean later, JsonNode answer) {
        Optional<String> next = Json.find(answer, "next");
        if (!later && next.isEmpty()) {
            return Html.nothing();
        }
        return NAV.of(
                css("pages"),
                aria("label", "Pages"),
                later ? A.of(href(first), rel("first"), text("First page")) : Html.nothing(),
                next.<Html>map(after -> A.of(href(first.with(Links.AFTER, after)), rel("next"), text("Next page")))
                        .orElse(Html.nothing()));
    }
}
