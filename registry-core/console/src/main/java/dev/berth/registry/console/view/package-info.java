/** What pages and the JSON API show, each part of it a page at a time. */
@NullMarked
package dev.berth.registry.console.view;

import org.jspecify.annotations.NullMarked;
