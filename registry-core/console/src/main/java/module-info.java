/**
 * A registry in the browser: pages, search, and what they are made from.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-console</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.console {
    requires transitive dev.berth.registry.core;
    requires static dev.berth.registry.accounts;
    requires static dev.berth.registry.scan;
    requires static dev.berth.registry.images;
    requires com.fasterxml.jackson.databind;
    requires org.commonmark;
    requires org.slf4j;

    exports dev.berth.registry.console;
}
