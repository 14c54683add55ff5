package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.action;
import static dev.berth.registry.console.html.Attributes.autocomplete;
import static dev.berth.registry.console.html.Attributes.checked;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.id;
import static dev.berth.registry.console.html.Attributes.name;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Attributes.selected;
import static dev.berth.registry.console.html.Attributes.type;
import static dev.berth.registry.console.html.Attributes.value;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.BUTTON;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.FORM;
import static dev.berth.registry.console.html.Tag.INPUT;
import static dev.berth.registry.console.html.Tag.LABEL;
import static dev.berth.registry.console.html.Tag.OPTION;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SELECT;
import static dev.berth.registry.console.html.Tag.TEXTAREA;

import dev.berth.registry.console.html.Attributes;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Forms and their fields, each with a label. */
public final class Forms {
    /** The field that says that a form is of these pages. */
    public static final String TOKEN = "form-token";

    private Forms() {}

    /** Returns a form that changes something. There is no other way to make one: this has what vouches for the page. */
    public static Html post(Visit visit, Link to, Html... content) {
        return FORM.of(
                css("form"),
                action(to),
                Attributes.post(),
                INPUT.of(type("hidden"), name(TOKEN), value(visit.formToken())),
                Html.of(content));
    }

    /** Returns a form that asks for a page. */
    public static Html get(Link to, Html... content) {
        return FORM.of(css("form"), action(to), Html.of(content));
    }

    /** Returns a field for a line of text. */
    public static Html field(String label, String field, String content) {
        return labelled(
                label, field, INPUT.of(type("text"), id(field), name(field), value(content), autocomplete("off")));
    }

    /**
     * Returns a field for a secret, which is never filled in.
     *
     * @param kind what password managers call it: {@code current-password}, {@code new-password}
     */
    public static Html secret(String label, String field, String kind) {
        return labelled(label, field, INPUT.of(type("password"), id(field), name(field), autocomplete(kind)));
    }

    /** Returns a field for several lines. */
    public static Html lines(String label, String field, String content) {
        return labelled(label, field, TEXTAREA.of(id(field), name(field), text(content)));
    }

    /**
     * Returns a list to choose one of.
     *
     * @param choices what is sent, and what is shown for it
     */
    public static Html choice(String label, String field, Map<String, String> choices, String chosen) {
        List<Html> options = new ArrayList<>();
        choices.forEach((sent, shown) ->
                options.add(OPTION.of(value(sent), when(sent.equals(chosen), selected()), text(shown))));
        return labelled(label, field, SELECT.of(id(field), name(field), Html.of(options)));
    }

    /** Returns a box to tick. */
    public static Html box(String label, String field, boolean ticked) {
        return DIV.of(
                css("box"),
                INPUT.of(type("checkbox"), id(field), name(field), value("true"), when(ticked, checked())),
                LABEL.of(Attributes.labelled(field), text(label)));
    }

    /** Returns a value that the form sends, and nobody sees. */
    public static Html hidden(String field, String content) {
        return INPUT.of(type("hidden"), name(field), value(content));
    }

    /** Returns the button that sends the form. */
    public static Html button(String label) {
        return BUTTON.of(type("submit"), text(label));
    }

    /** Returns the button of a form that takes something away. */
    public static Html dangerousButton(String label) {
        return BUTTON.of(type("submit"), css("danger"), text(label));
    }

    /** Returns what is wrong with what was filled in. */
    public static Html problem(String sentence) {
        return P.of(css("problem"), role("alert"), Texts.foreign(sentence));
    }

    private static Html labelled(String label, String field, Html input) {
        return DIV.of(css("field"), LABEL.of(Attributes.labelled(field), text(label)), input);
    }
}
