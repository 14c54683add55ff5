package dev.berth.examples.benchmarks.result;

/**
 * What a scenario is.
 *
 * @param id its name on the command line
 * @param group the part of the report that it stands in
 * @param title what is done
 * @param unit the unit of its value
 * @param higherIsBetter whether a higher value is the better one
 */
public record Facts(String id, String group, String title, String unit, boolean higherIsBetter) {}
