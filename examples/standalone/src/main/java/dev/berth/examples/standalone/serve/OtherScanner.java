package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.trust.ScanSettings;
import dev.berth.registry.scan.adapter.AdapterScanner;
import dev.berth.registry.scan.report.Scanner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A scanner that is another program. It keeps itself up to date, and says nothing of that. */
final class OtherScanner implements ServedScanner {
    private final AdapterScanner scanner;

    OtherScanner(ScanSettings.Adapter settings) {
        Optional<String> pull = settings.pull().map(OtherScanner::basic);
        this.scanner = AdapterScanner.builder(settings.address(), settings.registry())
                .credentials(settings.credentials())
                .pullAuthorization((repository, image) -> pull)
                .build();
    }

    private static String basic(ScanSettings.Login login) {
        String pair = login.name() + ":" + login.password().value();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Scanner scanner() {
        return scanner;
    }

    @Override
    public void start(Runnable ready) {
        ready.run();
    }

    @Override
    public void close() {
        scanner.close();
    }
}
