package dev.berth.registry.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The name of a series.
 *
 * @param metric what all series of the metric share
 * @param labels names and values of the labels, in the order of the metric
 * @param text the labels as they stand between the braces of the text format, made once
 */
record SeriesName(Metric metric, Map<String, String> labels, String text) {

    static SeriesName of(Metric metric, List<String> values) {
        Map<String, String> labels = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String label = metric.labelNames().get(i);
            labels.put(label, values.get(i));
            text.append(i == 0 ? "" : ",").append(label).append("=\"");
            TextFormat.appendLabelValue(text, values.get(i));
            text.append('"');
        }
        return new SeriesName(metric, Collections.unmodifiableMap(labels), text.toString());
    }

    /**
     * What all series of a metric share.
     *
     * @param read whether the numbers are asked for when they are wanted, and not counted
     */
    record Metric(String name, String help, MetricType type, List<String> labelNames, boolean read) {
        Metric {
            labelNames = List.copyOf(labelNames);
            MetricNames.require(name, help, type, labelNames);
        }
    }
}
