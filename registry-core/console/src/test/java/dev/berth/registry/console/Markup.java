package dev.berth.registry.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The elements of a page with the names of their attributes, in their order, and nothing of the texts: the same for two pages
 * that differ in texts only, unless one of these has become markup.
 */
public final class Markup {
    private static final Pattern TAG =
            Pattern.compile("<(/?[a-z][a-z0-9]*)((?: [a-zA-Z-]+=\"[^\"<>']*\")*)>|<!doctype html>\n");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z-]+)=\"([^\"]*)\"");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action");

    private Markup() {}

    /**
     * Returns the elements of a page.
     *
     * @throws AssertionError if something on it is neither an element as the pages write one, nor text that is escaped, or an
     *     address leads elsewhere
     */
    public static List<String> of(String page) {
        List<String> elements = new ArrayList<>();
        Matcher tag = TAG.matcher(page);
        int end = 0;
        while (tag.find()) {
            requireText(page.substring(end, tag.start()));
            end = tag.end();
            if (tag.group(1) != null) {
                elements.add(element(tag.group(1), tag.group(2)));
            }
        }
        requireText(page.substring(end));
        return elements;
    }

    private static String element(String name, String attributes) {
        StringBuilder element = new StringBuilder(name);
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            requireText(attribute.group(2));
            element.append(' ').append(attribute.group(1));
            if (ADDRESSES.contains(attribute.group(1)) && !attribute.group(2).matches("/([^/].*)?|#[a-z]+")) {
                throw new AssertionError("An address leads elsewhere: " + attribute.group(2));
            }
        }
        return element.toString();
    }

    private static void requireText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '>' || c == '"' || c == '\'' || c < ' ' && c != '\n' && c != '\t' || c == 0x7f) {
                throw new AssertionError("This is no text: " + text.substring(Math.max(0, i - 20)));
            }
        }
        if (text.chars().anyMatch(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069)) {
            throw new AssertionError("This text turns what is around it: " + text);
        }
    }
}
