package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Drawing.box;
import static dev.berth.registry.console.html.Drawing.height;
import static dev.berth.registry.console.html.Drawing.stretched;
import static dev.berth.registry.console.html.Drawing.width;
import static dev.berth.registry.console.html.Tag.RECT;
import static dev.berth.registry.console.html.Tag.SVG;

import dev.berth.registry.console.html.Html;

/** Draws sizes to scale. */
public final class LayerBars {
    private static final double WIDTH = 100;
    private static final double HEIGHT = 8;

    /** The least that can be seen. */
    private static final double LEAST = 0.5;

    private LayerBars() {}

    /** Returns a bar as long as the part of the most that something is. The number stands beside it, so it is only seen. */
    public static Html bar(long size, long most) {
        double length = most <= 0 ? 0 : Math.max(size > 0 ? LEAST : 0, WIDTH * size / most);
        return SVG.of(
                css("bar"),
                box(WIDTH, HEIGHT),
                stretched(),
                aria("hidden", "true"),
                RECT.of(width(Math.min(WIDTH, length)), height(HEIGHT)));
    }
}
