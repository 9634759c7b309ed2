/**
 * Reads back what wscope prints: its screens and its JSON events, from which every byte of a frame
 * follows.
 */
@NullMarked
package wscope.input.screen;

import org.jspecify.annotations.NullMarked;
