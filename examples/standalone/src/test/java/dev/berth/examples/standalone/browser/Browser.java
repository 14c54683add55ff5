package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Programs;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium that looks at one site. It remembers which errors its console had, and what was loaded from elsewhere:
 * {@link #complaints}. A dialog fails whatever is done next. Not thread-safe.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An element with a name that people see or hear: the first in what the page is about, otherwise anywhere. */
    private static final String NAMED = """
            const [kinds, name] = arguments;
            const nameOf = e => (e.getAttribute('aria-label') || e.innerText || e.value || '').trim().replace(/\\s+/g, ' ');
            const within = root => root && [...root.querySelectorAll(kinds)].find(e => e.checkVisibility() && nameOf(e) === name);
            return within(document.querySelector('main')) || within(document) || null;
            """;

    private static final String FIELD = """
            const name = arguments[0];
            const labels = [...document.querySelectorAll('label')].filter(l => l.innerText.trim().replace(/\\s+/g, ' ') === name);
            const found = labels.map(l => l.control).find(c => c && c.checkVisibility());
            return found || document.querySelector(`input[aria-label="${name}"]`);
            """;

    private final ChromeDriver driver;
    private final URI site;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> requested = new LinkedHashSet<>();

    /** What the pages are seen on. */
    enum Screen {
        DESKTOP(1280, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }

        int width() {
            return width;
        }
    }

    private Browser(ChromeDriver driver, URI site) {
        this.driver = driver;
        this.site = site;
    }

    /** Starts a browser with nothing in it. Skips the test if there is none. */
    static Browser at(URI site) {
        Programs.assumeInstalled("chromium", "chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Programs.path("chromium"));
        // What a browser loads for itself is none of the pages' business.
        options.addArguments(
                "--headless=new",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--no-default-browser-check",
                "--force-color-profile=srgb");
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox");
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(Programs.path("chromedriver")))
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), site);
        browser.on(Screen.DESKTOP);
        return browser;
    }

    /** Goes on with a screen of another size. The page that is there stays. */
    Browser on(Screen screen) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width,
                        "height",
                        screen.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen == Screen.PHONE));
        return this;
    }

    /** Goes on with light or dark colours, as somebody has asked for. */
    Browser dark(boolean dark) {
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** Goes on with or without scripts in the pages that are opened from now on. */
    Browser scripts(boolean enabled) {
        devTools("Emulation.setScriptExecutionDisabled", Map.of("value", !enabled));
        return this;
    }

    /** Lets a page use the clipboard, as people do when they are asked. */
    Browser withClipboard() {
        devTools(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        return this;
    }

    /** Runs a script before those of each page that is opened from now on. */
    Browser before(String script) {
        devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        return this;
    }

    private Map<String, Object> devTools(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** Opens a page of the site. */
    Browser open(String pathAndQuery) {
        driver.get(site.resolve(pathAndQuery).toString());
        return this;
    }

    Browser back() {
        driver.navigate().back();
        return this;
    }

    /** Forgets who is signed in. */
    Browser forget() {
        driver.manage().deleteAllCookies();
        return this;
    }

    /** Returns the path and query of the page that is there. */
    String path() {
        URI at = URI.create(driver.getCurrentUrl());
        return at.getRawPath() + (at.getRawQuery() == null ? "" : "?" + at.getRawQuery());
    }

    /** Returns the status with which the page that is there was answered. */
    int status() {
        return number("return performance.getEntriesByType('navigation')[0].responseStatus");
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    /** Returns the page as people read it. */
    String text() {
        return string("return document.body.innerText");
    }

    boolean has(String selector) {
        return !texts(selector).isEmpty();
    }

    /** Returns what people read in each of the elements that are seen. */
    List<String> texts(String selector) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
                        + ".map(e => (e.innerText || e.value || '').trim())",
                selector);
    }

    /** Presses a button, or follows a link, and waits for the page that comes. */
    Browser press(String name) {
        WebElement found = element(
                NAMED, "no link and no button '" + name + "'", "a[href], button, summary, input[type=submit]", name);
        Object leaves = run(
                "return arguments[0].matches('a[href]:not([href^=\"#\"]), button[type=submit], input[type=submit]')",
                found);
        Object before = run("return performance.timeOrigin");
        found.click();
        return Boolean.TRUE.equals(leaves) ? untilAfter(before) : this;
    }

    private Browser untilAfter(Object page) {
        try {
            return until(
                    "the next page is there",
                    () -> !page.equals(run("return performance.timeOrigin"))
                            && "complete".equals(run("return document.readyState")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Writes into the field with a label. */
    Browser fill(String label, String text) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** Writes into a field beside what it has. */
    Browser write(String label, String text) {
        field(label).sendKeys(text);
        return this;
    }

    /** Chooses of a list, or ticks. */
    Browser choose(String label, String option) {
        WebElement field = field(label);
        if (field.getTagName().equals("select")) {
            field.sendKeys(option);
        } else {
            field.click();
        }
        return this;
    }

    boolean hasField(String label) {
        return run(FIELD, label) != null;
    }

    private WebElement field(String label) {
        return element(FIELD, "no field '" + label + "'", label);
    }

    private WebElement element(String script, String otherwise, Object... arguments) {
        if (run(script, arguments) instanceof WebElement found) {
            return found;
        }
        throw new NoSuchElementException(otherwise + " on " + path() + ":\n" + text());
    }

    Browser type(Keys key) {
        new Actions(driver).sendKeys(key).perform();
        return this;
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String string(String script, Object... arguments) {
        return String.valueOf(run(script, arguments));
    }

    int number(String script, Object... arguments) {
        return ((Number) run(script, arguments)).intValue();
    }

    List<String> strings(String script, Object... arguments) {
        return ((List<?>) run(script, arguments)).stream().map(String::valueOf).toList();
    }

    /** Runs a script whose last argument is to be called with its result. */
    Object await(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(ChildProcess.TIMEOUT);
        return driver.executeAsyncScript(script, arguments);
    }

    /** Waits until something is so. */
    Browser until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime())
                    .as("Waited until %s: %s", what, text())
                    .isLessThan(end);
            Thread.sleep(20);
        }
        return this;
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (WebDriverException e) {
            // The page is being changed.
            return false;
        }
    }

    /** Writes a picture of the page: of all of it, or of as much of it as the height says. */
    void picture(Path file, int mostHeight) throws IOException {
        int width = number("return innerWidth");
        int height = Math.min(mostHeight, number("return document.documentElement.scrollHeight"));
        Object image = devTools(
                        "Page.captureScreenshot",
                        Map.of(
                                "format",
                                "png",
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)))
                .get("data");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(image)));
    }

    /** Returns the cookies as pages cannot see them: name, and what browsers do with it. */
    List<String> cookies() {
        return driver.manage().getCookies().stream()
                .map(cookie -> cookie.getName() + (cookie.isHttpOnly() ? " httpOnly" : "")
                        + (cookie.isSecure() ? " secure" : "") + " " + cookie.getSameSite())
                .toList();
    }

    /** Returns all addresses that were asked for so far. */
    Set<String> requested() {
        look();
        return Set.copyOf(requested);
    }

    /** Returns what went wrong so far: errors in the console, and what was asked of other sites. */
    List<String> complaints() {
        look();
        return List.copyOf(complaints);
    }

    /** Returns what went wrong since this was asked last. */
    List<String> newComplaints() {
        look();
        List<String> fresh = List.copyOf(complaints);
        complaints.clear();
        return fresh;
    }

    private void look() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            // A page may be one that says what is wrong, which the browser tells as well.
            boolean status =
                    entry.getMessage().contains("Failed to load resource: the server responded with a status of 4")
                            && !entry.getMessage().contains("/assets/");
            if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !status) {
                complaints.add("console: " + entry.getMessage());
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = read(entry.getMessage()).path("message");
            String url = message.path("params").path("request").path("url").asText();
            if (message.path("method").asText().equals("Network.requestWillBeSent") && requested.add(url)) {
                if (!url.startsWith(site.toString()) && !url.startsWith("data:")) {
                    complaints.add("request: " + url);
                }
            }
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } catch (WebDriverException e) {
            throw new AssertionError("The browser has not ended by itself", e);
        }
    }
}
