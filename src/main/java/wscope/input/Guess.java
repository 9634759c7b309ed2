package wscope.input;

import org.jspecify.annotations.Nullable;

/**
 * What a text was taken for.
 *
 * @param spelling by which it is read
 * @param other that would fit as well, null if there is none
 */
public record Guess(Spelling spelling, @Nullable Spelling other) {}
