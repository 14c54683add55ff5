package dev.berth.registry.console.statistics;

import dev.berth.registry.pulls.DailyPulls;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A number of a day. */
record Point(LocalDate day, long number) {

    /** Returns the pulls of some days, days without any included. */
    static List<Point> of(DailyPulls pulls, LocalDate until, int days) {
        List<Point> points = new ArrayList<>();
        for (int i = days - 1; i >= 0; i--) {
            LocalDate day = until.minusDays(i);
            points.add(new Point(day, pulls.on(day)));
        }
        return points;
    }

    static long most(List<Point> points) {
        return points.stream().mapToLong(Point::number).max().orElse(0);
    }

    static long sum(List<Point> points) {
        return points.stream().mapToLong(Point::number).sum();
    }
}
