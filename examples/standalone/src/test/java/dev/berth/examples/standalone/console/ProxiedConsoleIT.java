package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.registry.Registry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Behind an nginx that has the pages below {@code /registry-ui/}, every link and every form stays there and works: whether nginx
 * takes that path away or leaves it, with and without TLS.
 */
@Tag("any-jdk")
class ProxiedConsoleIT {
    private static final String UI = "/registry-ui/";
    private static final String PASSWORD = "administrator's password";
    /** What a form is told that the pages do not take for one of their own. */
    private static final String NOT_OF_THE_SITE = "load the page again";

    private static final String TOKEN = "form-token";
    private static final int MOST_PAGES = 400;

    /** Orders and pages of the same list are alike. */
    private static final int MOST_OF_A_KIND = 2;

    @TempDir
    private Path directory;

    private final Map<String, PlainBrowser.Form> forms = new LinkedHashMap<>();
    private PlainBrowser browser;

    private BerthProcess serve(String console) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("berth.yml"), """
                access:
                  admin: {password: "%s"}
                  public: ["library/**"]
                  trustedproxies: [127.0.0.1/32]
                storage: {delete: {enabled: true}}
                console: %s
                """.formatted(PASSWORD, console));
        return BerthCommand.of("serve", "--listen", "127.0.0.1:0", "--storage", "memory:", "--config", file.toString())
                .start();
    }

    @ParameterizedTest
    @CsvSource({
        "'{publishedat: /registry-ui}', /, http",
        "'{publishedat: /registry-ui}', /, https",
        "'{path: /registry-ui}', /registry-ui/, http"
    })
    void everyLinkAndFormStaysBelowThePathAndWorks(String console, String behind, String scheme) throws Exception {
        try (BerthProcess berth = serve(console);
                Nginx nginx = Nginx.start(directory, "http://" + berth.hostAndPort() + behind, scheme)) {
            try (Registry registry = DescribedImages.client(berth.hostAndPort(), "admin", PASSWORD)) {
                DescribedImages.push(registry, "library/tool", "A tool & <its> \"box\"");
                DescribedImages.push(registry, "team/app", "An application");
            }
            browser = new PlainBrowser(nginx.hostAndPort(), scheme);

            Set<String> anonymous = crawl();
            assertThat(anonymous).anyMatch(page -> page.startsWith(UI + "repository/library/tool"));
            assertThat(anonymous).noneMatch(page -> page.contains("team/app"));

            signIn();
            Set<String> signedIn = crawl();
            assertThat(signedIn)
                    .anyMatch(page -> page.startsWith(UI + "repository/team/app"))
                    .anyMatch(page -> page.startsWith(UI + "operations/"))
                    .hasSizeGreaterThan(anonymous.size() + 10);
            submitAll();
            assertThat(browser.setCookies).isNotEmpty().allSatisfy(cookie -> {
                assertThat(cookie).contains("; Path=" + UI, "; HttpOnly", "; SameSite=");
                assertThat(cookie.startsWith("__Secure-") && cookie.contains("; Secure"))
                        .as(cookie)
                        .isEqualTo(scheme.equals("https"));
            });
        }
    }

    private void signIn() throws IOException, InterruptedException {
        PlainBrowser.Form form = PlainBrowser.forms(browser.get(UI + "sign-in").body()).stream()
                .filter(PlainBrowser.Form::isPost)
                .findFirst()
                .orElseThrow();
        Map<String, String> fields = new HashMap<>(form.fields());
        fields.put("name", "admin");
        fields.put("password", PASSWORD);
        HttpResponse<String> answer = browser.post(form.action(), fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertStaysBelow(answer.headers().firstValue("Location").orElseThrow(), form.action());
    }

    /** Looks at whatever can be reached from the home page, and returns it. */
    private Set<String> crawl() throws IOException, InterruptedException {
        forms.clear();
        Set<String> seen = new LinkedHashSet<>();
        Map<String, Integer> ofAKind = new TreeMap<>();
        Deque<String> waiting = new ArrayDeque<>(Set.of(UI));
        while (!waiting.isEmpty() && seen.size() < MOST_PAGES) {
            String address = waiting.remove();
            if (!seen.add(address) || ofAKind.merge(address.split("\\?", -1)[0], 1, Integer::sum) > MOST_OF_A_KIND) {
                continue;
            }
            HttpResponse<String> page = browser.get(address);
            assertThat(page.statusCode()).as("%s: %s", address, page.body()).isEqualTo(200);
            for (String linked : PlainBrowser.addresses(page.body())) {
                if (!linked.startsWith("#")) {
                    assertStaysBelow(linked, address);
                    waiting.add(linked.replaceFirst("#.*", ""));
                }
            }
            for (PlainBrowser.Form form : PlainBrowser.forms(page.body())) {
                assertStaysBelow(form.action(), address);
                forms.putIfAbsent(form.action(), form);
            }
        }
        return seen;
    }

    private static void assertStaysBelow(String address, String on) {
        assertThat(address).as("on " + on).startsWith(UI);
    }

    /** Sends each form as it is: some of them are refused with a page that says why. The one that ends the session is the last. */
    private void submitAll() throws IOException, InterruptedException {
        assertThat(forms).containsKey(UI + "sign-out");
        PlainBrowser.Form last = forms.remove(UI + "sign-out");
        for (PlainBrowser.Form form : forms.values()) {
            submit(form);
        }
        submit(last);
        assertThat(browser.get(UI + "operations/").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> send(PlainBrowser.Form form) throws IOException, InterruptedException {
        return form.isPost() ? browser.post(form.action(), form.fields()) : browser.get(form.asked());
    }

    private String token() throws IOException, InterruptedException {
        return PlainBrowser.forms(browser.get(UI + "account/password").body()).stream()
                .filter(PlainBrowser.Form::isPost)
                .findFirst()
                .orElseThrow()
                .fields()
                .get(TOKEN);
    }

    private void submit(PlainBrowser.Form form) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(form);
        if (answer.body().contains(NOT_OF_THE_SITE)) {
            // One of the forms before has ended the session, or has begun another one.
            if (browser.get(UI + "account/").statusCode() != 200) {
                signIn();
            }
            form.fields().put(TOKEN, token());
            answer = send(form);
        }
        assertThat(answer.statusCode())
                .as("%s %s: %s", form.action(), form.fields(), answer.body())
                .isLessThan(500);
        assertThat(answer.statusCode() == 303 || answer.body().startsWith("<!doctype html>"))
                .as("%s: %s", form.action(), answer)
                .isTrue();
        assertThat(answer.body()).as(form.action()).doesNotContain(NOT_OF_THE_SITE);
        answer.headers().firstValue("Location").ifPresent(location -> assertStaysBelow(location, form.action()));
        PlainBrowser.addresses(answer.body()).stream()
                .filter(linked -> !linked.startsWith("#"))
                .forEach(linked -> assertStaysBelow(linked, form.action()));
    }
}
