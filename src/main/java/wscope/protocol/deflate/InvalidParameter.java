package wscope.protocol.deflate;

import wscope.protocol.rule.Rule;

/**
 * An invalid parameter of an offer or a response (RFC 7692 §7.1).
 *
 * @param index the index of the parameter in its list
 * @param rule the rule that the parameter breaks in a response
 * @param why the reason in words
 */
public record InvalidParameter(int index, ExtensionParameter parameter, Rule rule, String why) {}
