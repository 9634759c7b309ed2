package wscope.protocol.deflate;

import wscope.protocol.rule.Rule;

/**
 * The reason why a message cannot be inflated further.
 *
 * @param rule the rule that the message breaks
 * @param index the index of the invalid byte in the current buffer, or the limit if the end of the
 *     message is missing; for a message that is too big, the position to which zlib has read ahead
 * @param found the error in words, without text from the wire
 */
public record InflateError(Rule rule, int index, String found) {}
