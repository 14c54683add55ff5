package dev.berth.registry.storage.s3;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The time of the service, which its responses state: ages of objects are told by it, not by this machine's clock. */
final class ServiceClock {
    private ServiceClock() {}

    /** Returns the time at which a response was sent; the time of this machine if it states none. */
    static Instant of(SdkHttpResponse response) {
        return response.firstMatchingHeader("Date").flatMap(ServiceClock::date).orElseGet(Instant::now);
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
