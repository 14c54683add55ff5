package dev.berth.examples.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Bars as SVG: a block for each scenario, a bar for each target, as long as its share of the longest one of the block.
 * Berth has a colour, the others are grey; names and values stand beside the bars. A plot has a background of its own,
 * light or dark, and is legible on any page.
 */
public final class Plot {
    private static final int MARGIN = 16;
    private static final int WIDTH = 760;
    private static final int NAMES = 190;
    private static final int VALUES = 150;
    private static final int BAR = 14;
    private static final int STEP = 19;
    private static final int TITLE = 34;
    private static final int SCENARIO = 22;
    private static final int GAP = 14;
    private static final double SHORTEST = 1.5;

    private static final String STYLE = """
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
            .page { fill: #ffffff; }
            .title { font-size: 16px; font-weight: 600; }
            .scenario { font-weight: 600; }
            .name { text-anchor: end; }
            .other { fill: #8c959f; }
            .before { fill: #9db8ee; }
            .berth { fill: #2563eb; }
            @media (prefers-color-scheme: dark) {
              .page { fill: #0d1117; }
              text { fill: #e6edf3; }
              .other { fill: #768390; }
              .before { fill: #34507f; }
              .berth { fill: #5b96f7; }
            }
            """;

    private final StringBuilder marks = new StringBuilder();
    private int y;

    private Plot(String title) {
        y = TITLE;
        text(0, 20, "title", title);
    }

    /** The name of the file with the plot of a group. */
    static String fileName(Group group) {
        return "performance-" + group.id() + ".svg";
    }

    /** A plot of these scenarios, with the medians of all their targets. */
    static String of(String title, Results results, List<Facts> scenarios, List<String> targets) {
        Plot plot = new Plot(title);
        for (Facts facts : scenarios) {
            List<Bar> bars = new ArrayList<>();
            for (String target : targets) {
                OptionalDouble value = results.find(facts.id(), target)
                        .map(series -> series.median(Measurement.VALUE))
                        .orElse(OptionalDouble.empty());
                value.ifPresent(median -> bars.add(new Bar(target, median)));
            }
            if (!bars.isEmpty()) {
                plot.block(facts, bars);
            }
        }
        return plot.svg();
    }

    private record Bar(String target, double value) {
        String style() {
            if (target.startsWith("berth-before")) {
                return "before";
            }
            return target.startsWith("berth") ? "berth" : "other";
        }
    }

    private void block(Facts facts, List<Bar> bars) {
        double longest = bars.stream().mapToDouble(Bar::value).max().orElseThrow();
        y += SCENARIO;
        text(0, y - 7, "scenario", facts.title() + (facts.higherIsBetter() ? "" : " (less is better)"));
        for (Bar bar : bars) {
            double length = Math.max(SHORTEST, (WIDTH - NAMES - VALUES) * bar.value() / longest);
            text(NAMES - 8, y + BAR - 3, "name", bar.target());
            marks.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>\n"
                    .formatted(bar.style(), NAMES, y, length, BAR));
            text(NAMES + length + 6, y + BAR - 3, "value", Numbers.withUnit(bar.value(), facts.unit()));
            y += STEP;
        }
        y += GAP;
    }

    private void text(double x, int baseline, String style, String content) {
        marks.append("<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>\n"
                .formatted(style, x, baseline, content.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="-%1$d -%1$d %2$d %3$d" width="%2$d" height="%3$d"
                    role="img">
                <style>
                %4$s</style>
                <rect class="page" x="-%1$d" y="-%1$d" width="%2$d" height="%3$d" rx="6"/>
                %5$s</svg>
                """.formatted(MARGIN, WIDTH + 2 * MARGIN, y + MARGIN, STYLE, marks);
    }
}
