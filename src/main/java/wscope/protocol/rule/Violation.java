package wscope.protocol.rule;

/**
 * A violation of a rule at one place.
 *
 * @param rule the violated rule
 * @param offset the offset of the byte that violates it, counted from the first byte of its
 *     direction; in a handshake, from the first byte of the head
 * @param frame the number of the frame, from 1; 0 in a handshake
 * @param found the wrong value in words; it may contain text from the wire, so it must be escaped
 *     for a terminal
 */
public record Violation(Rule rule, long offset, long frame, String found) {}
