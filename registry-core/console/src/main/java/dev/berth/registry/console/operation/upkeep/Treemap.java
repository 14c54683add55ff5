package dev.berth.registry.console.operation.upkeep;

import java.util.ArrayList;
import java.util.List;

/** Divides a rectangle into parts as large as some sizes are, each about as wide as it is high. */
final class Treemap {
    private double x;
    private double y;
    private double width;
    private double height;
    private final List<Area> areas = new ArrayList<>();

    private Treemap(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** A part of the rectangle. */
    record Area(double x, double y, double width, double height) {}

    /**
     * Returns a part for each size, in their order.
     *
     * @param sizes none is negative, the largest is first
     */
    static List<Area> of(double width, double height, List<Long> sizes) {
        Treemap map = new Treemap(width, height);
        double all = sizes.stream().mapToDouble(Long::doubleValue).sum();
        double scale = all == 0 ? 0 : width * height / all;
        List<Double> row = new ArrayList<>();
        for (long size : sizes) {
            double area = size * scale;
            List<Double> longer = new ArrayList<>(row);
            longer.add(area);
            if (!row.isEmpty() && map.worst(longer) > map.worst(row)) {
                map.place(row);
                row.clear();
            }
            row.add(area);
        }
        map.place(row);
        return map.areas;
    }

    /** Returns how far the slimmest part of a row is from a square. */
    private double worst(List<Double> row) {
        double side = Math.min(width, height);
        double sum = row.stream().mapToDouble(Double::doubleValue).sum();
        double worst = 1;
        for (double area : row) {
            if (area > 0) {
                double ratio = side * side * area / (sum * sum);
                worst = Math.max(worst, Math.max(ratio, 1 / ratio));
            }
        }
        return worst;
    }

    /** Places a row along the shorter side, and leaves what is beside it. */
    private void place(List<Double> row) {
        double sum = row.stream().mapToDouble(Double::doubleValue).sum();
        boolean upright = width >= height;
        double side = upright ? height : width;
        double depth = side == 0 ? 0 : sum / side;
        double at = upright ? y : x;
        for (double area : row) {
            double length = depth == 0 ? 0 : area / depth;
            areas.add(upright ? new Area(x, at, depth, length) : new Area(at, y, length, depth));
            at += length;
        }
        if (upright) {
            x += depth;
            width = Math.max(0, width - depth);
        } else {
            y += depth;
            height = Math.max(0, height - depth);
        }
    }
}
