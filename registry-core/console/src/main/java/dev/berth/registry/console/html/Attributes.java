package dev.berth.registry.console.html;

import java.time.Instant;
import java.util.Locale;

/** The attributes that pages use. */
public final class Attributes {
    private Attributes() {}

    /** Returns no attribute. */
    public static Attribute none() {
        return Attribute.NONE;
    }

    /** Returns an attribute on a condition. */
    public static Attribute when(boolean condition, Attribute attribute) {
        return condition ? attribute : Attribute.NONE;
    }

    /** The classes by which the style sheet knows the element. */
    public static Attribute css(String classes) {
        return Attribute.of("class", classes);
    }

    public static Attribute id(String id) {
        return Attribute.of("id", id);
    }

    /** Where a link leads. */
    public static Attribute href(Link link) {
        return Attribute.of("href", link.toString());
    }

    /** What is told to a site that a link leads to: nothing. */
    public static Attribute rel(String rel) {
        return Attribute.of("rel", rel);
    }

    /** A text that a pointer shows. */
    public static Attribute title(String text) {
        return Attribute.of("title", text);
    }

    /** The direction of a text of strangers is its own, and turns nothing around it. */
    public static Attribute directionOfItsOwn() {
        return Attribute.of("dir", "auto");
    }

    public static Attribute lang(Locale locale) {
        return Attribute.of("lang", locale.toLanguageTag());
    }

    /** An attribute of accessibility: {@code aria("label", "Pages")}. */
    public static Attribute aria(String name, String value) {
        return Attribute.of("aria-" + name, value);
    }

    public static Attribute role(String role) {
        return Attribute.of("role", role);
    }

    /** A value for the script of the pages. */
    public static Attribute data(String name, String value) {
        return Attribute.of("data-" + name, value);
    }

    /** Which cells a heading is for. */
    public static Attribute scope(String scope) {
        return Attribute.of("scope", scope);
    }

    /** The number of the first entry of a list. */
    public static Attribute start(int number) {
        return Attribute.of("start", Integer.toString(number));
    }

    /** What can be scrolled is reached by the keyboard, so that it can be scrolled by it. */
    public static Attribute focusable() {
        return Attribute.of("tabindex", "0");
    }

    public static Attribute columns(int number) {
        return Attribute.of("colspan", Integer.toString(number));
    }

    /** A time that a program understands. */
    public static Attribute time(Instant time) {
        return Attribute.of("datetime", time.toString());
    }

    /** Where a form is sent. Without {@link #post} it asks, and changes nothing. */
    public static Attribute action(Link to) {
        return Attribute.of("action", to.toString());
    }

    /** A form that changes something. */
    public static Attribute post() {
        return Attribute.of("method", "post");
    }

    /** The address of a script or a style sheet of these pages. */
    public static Attribute src(Link of) {
        if (of.isElsewhere()) {
            throw new IllegalArgumentException("A page loads nothing from elsewhere: " + of);
        }
        return Attribute.of("src", of.toString());
    }

    /** A script that runs when the page is there. */
    public static Attribute defer() {
        return Attribute.of("defer", "");
    }

    public static Attribute charset(String charset) {
        return Attribute.of("charset", charset);
    }

    /** What is said in {@code meta}. */
    public static Attribute content(String content) {
        return Attribute.of("content", content);
    }

    /** The id of the field that a label names. */
    public static Attribute labelled(String field) {
        return Attribute.of("for", field);
    }

    public static Attribute name(String name) {
        return Attribute.of("name", name);
    }

    public static Attribute type(String type) {
        return Attribute.of("type", type);
    }

    public static Attribute value(String value) {
        return Attribute.of("value", value);
    }

    public static Attribute placeholder(String text) {
        return Attribute.of("placeholder", text);
    }

    public static Attribute autocomplete(String what) {
        return Attribute.of("autocomplete", what);
    }

    public static Attribute maxLength(int length) {
        return Attribute.of("maxlength", Integer.toString(length));
    }

    public static Attribute required() {
        return Attribute.of("required", "");
    }

    public static Attribute checked() {
        return Attribute.of("checked", "");
    }

    public static Attribute selected() {
        return Attribute.of("selected", "");
    }

    public static Attribute open() {
        return Attribute.of("open", "");
    }
}
