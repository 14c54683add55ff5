package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.PRE;

import dev.berth.registry.console.html.Html;

/** Commands for a terminal. The script adds a button that copies one. */
public final class Commands {
    private Commands() {}

    public static Html block(String command) {
        return DIV.of(css("command"), data("copy", ""), PRE.of(CODE.of(text(command))));
    }
}
