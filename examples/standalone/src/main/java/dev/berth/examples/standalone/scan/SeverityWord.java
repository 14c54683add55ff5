package dev.berth.examples.standalone.scan;

import dev.berth.registry.scan.report.Severity;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a severity, in lower case as people write it. */
final class SeverityWord implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> Look.name(severity).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no severity; write one of "
                        + Arrays.stream(Severity.values()).map(Look::name).collect(Collectors.joining(", "))));
    }
}
