package dev.berth.registry.console.statistics;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.id;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Drawing.box;
import static dev.berth.registry.console.html.Drawing.height;
import static dev.berth.registry.console.html.Drawing.stretched;
import static dev.berth.registry.console.html.Drawing.through;
import static dev.berth.registry.console.html.Drawing.width;
import static dev.berth.registry.console.html.Drawing.x;
import static dev.berth.registry.console.html.Drawing.y;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DESC;
import static dev.berth.registry.console.html.Tag.DETAILS;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.FIGURE;
import static dev.berth.registry.console.html.Tag.G;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.PATH;
import static dev.berth.registry.console.html.Tag.RECT;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.SUMMARY;
import static dev.berth.registry.console.html.Tag.SVG;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TITLE;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Draws numbers by day. The drawing itself has no letters, since it is stretched to the room that it has; the highest number and
 * the days stand beside it, and all numbers in a table below, for those who want them or do not see the drawing.
 *
 * @param name what tells it from other plots of the page
 * @param title what is shown, for those who hear it
 * @param heading what the numbers are: the heading of their column
 * @param written writes a number
 */
record Plot(String name, String title, String heading, LongFunction<String> written) {
    private static final double HEIGHT = 100;

    /** The room of a day, and how much of it a bar takes. */
    private static final double DAY = 10;

    private static final double BAR = 8;

    /** The least that can be seen. */
    private static final double LEAST = 1.5;

    /** Returns a bar for each day. */
    Html bars(List<Point> points) {
        return figure(points, points.size() * DAY, Html.of(titledBars(points)));
    }

    /** Returns a line through all days, with what is below it filled: for what is there, and not what happens. */
    Html line(List<Point> points) {
        double[][] line = lineOf(points);
        double[][] area = new double[line.length + 2][];
        System.arraycopy(line, 0, area, 1, line.length);
        area[0] = new double[] {line[0][0], HEIGHT};
        area[line.length + 1] = new double[] {line[line.length - 1][0], HEIGHT};
        return figure(
                points,
                Math.max(DAY, line[line.length - 1][0]),
                Html.of(PATH.of(css("area"), through(area)), PATH.of(css("line"), through(line))));
    }

    /** Returns bars for a cell of a table, in which the numbers stand beside them. */
    static Html small(List<Point> points) {
        return SVG.of(
                css("spark"),
                box(points.size() * DAY, HEIGHT),
                stretched(),
                aria("hidden", "true"),
                Html.of(bars(points, any -> Html.nothing())));
    }

    private List<Html> titledBars(List<Point> points) {
        return bars(points, point -> TITLE.of(text(point.day() + ": " + written.apply(point.number()))));
    }

    private static List<Html> bars(List<Point> points, Function<Point, Html> title) {
        long most = Math.max(1, Point.most(points));
        List<Html> bars = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (point.number() > 0) {
                double high = Math.max(LEAST, HEIGHT * point.number() / most);
                Html bar = RECT.of(
                        x(i * DAY + (DAY - BAR) / 2), y(HEIGHT - high), width(BAR), height(high), title.apply(point));
                bars.add(bar);
            }
        }
        return bars;
    }

    /** Returns the points of a line: days that are missing are passed over, and not taken for nothing. */
    private static double[][] lineOf(List<Point> points) {
        long most = Math.max(1, Point.most(points));
        long first = points.get(0).day().toEpochDay();
        double[][] line = new double[points.size()][];
        for (int i = 0; i < line.length; i++) {
            Point point = points.get(i);
            line[i] = new double[] {(point.day().toEpochDay() - first) * DAY, HEIGHT - HEIGHT * point.number() / most};
        }
        return line;
    }

    private Html figure(List<Point> points, double wide, Html drawing) {
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        String most = written.apply(Point.most(points));
        return FIGURE.of(
                css("plot"),
                P.of(css("most"), aria("hidden", "true"), text(most)),
                SVG.of(
                        role("img"),
                        aria("labelledby", name + "-title " + name + "-desc"),
                        box(wide, HEIGHT),
                        stretched(),
                        TITLE.of(id(name + "-title"), text(title)),
                        DESC.of(
                                id(name + "-desc"),
                                text("From " + first.day() + " to " + last.day() + "; the highest number is " + most
                                        + ", the last one is " + written.apply(last.number()) + ".")),
                        G.of(drawing)),
                DIV.of(
                        css("ends"),
                        aria("hidden", "true"),
                        SPAN.of(text(first.day().toString())),
                        SPAN.of(text(last.day().toString()))),
                numbers(points));
    }

    private Html numbers(List<Point> points) {
        List<Html> rows = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0; i--) {
            Point point = points.get(i);
            rows.add(TR.of(
                    TH.of(scope("row"), text(point.day().toString())), TD.of(text(written.apply(point.number())))));
        }
        return DETAILS.of(
                SUMMARY.of(text("Numbers")),
                TABLE.of(
                        css("numbers"),
                        THEAD.of(TR.of(TH.of(scope("col"), text("Day")), TH.of(scope("col"), text(heading)))),
                        TBODY.of(Html.of(rows))));
    }
}
