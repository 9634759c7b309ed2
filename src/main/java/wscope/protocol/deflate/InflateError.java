package wscope.protocol.deflate;

import wscope.protocol.rule.Rule;

/**
 * Why a message cannot be inflated any further.
 *
 * @param rule the rule that it breaks
 * @param index in the buffer at hand of the byte that shows it, or its limit if something is
 *     missing at the end of the message; of a message that is too big, how far zlib has read ahead
 * @param found in words, without text from the wire
 */
public record InflateError(Rule rule, int index, String found) {}
