package dev.berth.registry.metrics;

import java.util.Collection;

/** Prometheus' text format 0.0.4. */
final class TextFormat {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16 * 1024);
    private String name = "";

    /** Adds a metric; one without series is left out. */
    void add(SeriesName.Metric metric, Collection<? extends Series> series) {
        if (series.isEmpty()) {
            return;
        }
        name = metric.name();
        text.append("# HELP ").append(name).append(' ');
        appendHelp(metric.help());
        text.append("\n# TYPE ")
                .append(name)
                .append(' ')
                .append(metric.type().keyword())
                .append('\n');
        series.forEach(each -> each.write(this));
    }

    /**
     * Adds a sample of the present metric.
     *
     * @param suffix what follows the name of the metric
     * @param labels what stands between the braces; empty for none
     */
    void sample(String suffix, String labels, String value) {
        text.append(name).append(suffix);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private void appendHelp(String help) {
        for (int i = 0; i < help.length(); i++) {
            char c = help.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    static void appendLabelValue(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append("\\\"");
                default -> text.append(Character.isSurrogate(c) && !isPaired(value, i) ? '\ufffd' : c);
            }
        }
    }

    /** Half of a pair has no form in UTF-8. */
    private static boolean isPaired(String value, int index) {
        return Character.isHighSurrogate(value.charAt(index))
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
