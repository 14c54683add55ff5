package dev.berth.registry.scan.adapter;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** How an {@link AdapterScanner} works; its builder explains the parts. */
record AdapterSettings(
        URI address,
        URI registry,
        AdapterCredentials credentials,
        PullAuthorization pulls,
        Duration timeLimit,
        Duration pollInterval,
        long maxReportBytes,
        InstantSource clock,
        AdapterPause pause) {}
