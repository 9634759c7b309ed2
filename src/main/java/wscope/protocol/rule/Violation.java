package wscope.protocol.rule;

/**
 * One broken rule at one place.
 *
 * @param rule the rule that is broken
 * @param offset of the byte that breaks it, counted from the first byte of its direction; inside a
 *     handshake, from the first byte of the head
 * @param frame number of the frame, from 1; 0 in a handshake
 * @param found the wrong value in words; it may hold text from the wire, so it is not safe for a
 *     terminal as it stands
 */
public record Violation(Rule rule, long offset, long frame, String found) {}
