package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.mirror.StaleAnswer.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mirror whose upstream registry does not say what is current serves what it has, and says so. */
class StaleTagTest {
    private static Mirrored checkingAlways() throws IOException {
        return new Mirrored(builder -> builder.fresh(Duration.ZERO).checkDeadline(Duration.ofMillis(300)));
    }

    @ParameterizedTest
    @CsvSource({"500, FAILED", "502, FAILED", "503, FAILED", "429, LIMITED", "401, REFUSED", "403, REFUSED"})
    void whatIsHereIsServedWhenTheUpstreamRegistryAnswersWithAnError(int status, Reason reason) throws Exception {
        try (Mirrored setup = checkingAlways()) {
            Manifest image = setup.image(1, LATEST);
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            setup.upstreamAnswers(status);

            Manifest stale = setup.here().manifests().get(LATEST);

            assertThat(stale).isEqualTo(image);
            Mirrored.pull(setup.here(), stale);
            assertThat(setup.here().tags().resolve(LATEST)).isPresent();
            assertThat(setup.here().tags().list().toList()).containsExactly(LATEST);
            assertThat(setup.noted.stale).hasSize(3).allMatch(told -> told.reason() == reason);
            assertThat(setup.noted.stale.get(0).checked()).contains(setup.clock.instant());
        }
    }

    @Test
    void whatIsHereIsServedForADayWhileTheUpstreamRegistryIsGone() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ofMinutes(5)))) {
            Manifest image = setup.image(1, LATEST);
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            setup.upstream.close();

            for (int hour = 0; hour < 24; hour++) {
                setup.clock.advance(Duration.ofHours(1));
                Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            }

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(image);
            assertThat(setup.noted.stale).hasSizeGreaterThanOrEqualTo(24);
        }
    }

    @Test
    void whatIsHereIsServedWhenTheUpstreamRegistryHangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Mirrored setup = checkingAlways()) {
            Manifest image = setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            setup.upstream.filter((request, next) -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return next.handle(request);
            });

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(image);

            assertThat(setup.noted.stale)
                    .singleElement()
                    .extracting(StaleAnswer::reason)
                    .isEqualTo(Reason.TIMED_OUT);
            end.countDown();
        }
    }

    @Test
    void aTagThatHasMovedIsServedAsItWasWhileItsNewManifestDoesNotCome() throws Exception {
        try (Mirrored setup = checkingAlways()) {
            Manifest old = setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            Manifest image = setup.image(2, LATEST);
            setup.upstream.filter((request, next) -> {
                if (request.method().equals("GET")) {
                    throw new IOException("No manifests today");
                }
                return next.handle(request);
            });
            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(old);
            assertThat(setup.noted.stale).hasSize(1);

            setup.upstreamWorks();
            setup.clock.advance(Duration.ofSeconds(11));

            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(image);
        }
    }

    @Test
    void aFailingUpstreamRegistryIsLeftAloneForAMoment() throws Exception {
        try (Mirrored setup = checkingAlways()) {
            setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            setup.upstreamAnswers(500);
            setup.here().manifests().get(LATEST);
            int before = setup.upstream.requests().size();

            for (int i = 0; i < 100; i++) {
                setup.here().manifests().get(LATEST);
            }
            assertThat(setup.upstream.requests()).hasSize(before);
            assertThat(setup.noted.stale).hasSize(101);

            setup.upstreamWorks();
            Manifest moved = setup.image(2, LATEST);
            setup.clock.advance(Duration.ofSeconds(11));
            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(moved);
        }
    }

    @Test
    void whetherTheUpstreamRegistryAnswersIsTold() throws Exception {
        try (Mirrored setup = checkingAlways()) {
            setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            assertThat(setup.noted.contacts).isNotEmpty().containsOnly("answered");

            setup.upstreamAnswers(500);
            setup.here().manifests().get(LATEST);
            assertThat(setup.noted.contacts).last().isEqualTo("FAILED at " + setup.clock.instant());

            setup.upstreamAnswers(404);
            setup.clock.advance(Duration.ofSeconds(11));
            assertThatThrownBy(() -> setup.here().manifests().get(Tag.parse("unknown")))
                    .isInstanceOf(RegistryException.class);
            assertThat(setup.noted.contacts).last().isEqualTo("answered");
        }
    }

    @Test
    void aLimitIsKeptToForAsLongAsTheUpstreamRegistryWants() throws Exception {
        try (Mirrored setup = checkingAlways()) {
            setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            setup.upstreamAnswers(429, "Retry-After", "3600");
            setup.here().manifests().get(LATEST);
            setup.upstreamWorks();
            Manifest moved = setup.image(2, LATEST);
            int before = setup.upstream.requests().size();

            setup.clock.advance(Duration.ofMinutes(59));
            assertThat(setup.here().manifests().get(LATEST)).isNotEqualTo(moved);
            assertThat(setup.upstream.requests()).hasSize(before);

            setup.clock.advance(Duration.ofMinutes(2));
            assertThat(setup.here().manifests().get(LATEST)).isEqualTo(moved);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 500, 111", "HEAD, 500, 111", "GET, 429, 110"})
    void clientsGetAWarning(String method, int status, String code) throws Exception {
        try (Mirrored setup = checkingAlways()) {
            setup.image(1, LATEST);
            assertThat(ask(setup, method).headers().allValues("Warning")).isEmpty();
            ask(setup, "GET");
            setup.upstreamAnswers(status);

            HttpResponse<byte[]> stale = ask(setup, method);

            assertThat(stale.statusCode()).isEqualTo(200);
            assertThat(stale.headers().allValues("Warning"))
                    .singleElement()
                    .asString()
                    .startsWith(code + " - \"")
                    .contains("last checked at 2026-01-01")
                    .doesNotContain("127.0.0.1");
            setup.upstreamWorks();
            setup.clock.advance(Duration.ofHours(1));
            assertThat(ask(setup, method).headers().allValues("Warning")).isEmpty();
        }
    }

    private static HttpResponse<byte[]> ask(Mirrored setup, String method) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + setup.port() + "/v2/team/app/manifests/latest");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
