/**
 * A servlet that serves a registry in any container of jakarta.servlet 6.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-servlet</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.servlet {
    requires transitive dev.berth.registry.core;
    requires transitive jakarta.servlet;
    requires org.slf4j;

    exports dev.berth.registry.servlet;
}
